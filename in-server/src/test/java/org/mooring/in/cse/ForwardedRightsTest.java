// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.CIN;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.LONGEST_LIFE;
import static org.mooring.in.cse.TestCse.REGISTRATION;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ResultContent;
import org.mooring.common.resource.CseResources;

/**
 * What comes over a gateway's association has the rights of the CSE that speaks: two nodes below a
 * gateway, AEs at each of the three, and what one of them tries with the others' resources.
 */
class ForwardedRightsTest {
  private static final String PLACE = "cse-in/mn-1";
  private static final String STEM = "Sinfusion";

  @TempDir Path folder;
  private TestCse cse;
  private TestCse.Party gateway;

  @BeforeEach
  void twoNodesBelowAGateway() {
    cse = new TestCse(folder);
    cse.enrolled("/mn-1", "");
    cse.enrolled("/asn-7", "/mn-1");
    cse.enrolled("/asn-8", "/mn-1");
    gateway = cse.registered("/mn-1");
    announce("/asn-7", "/asn-8");
    for (String owner : new String[] {"mn-1", "asn-7", "asn-8"}) {
      publish("/" + owner, owner);
      publish("/" + owner + "/Cflow", owner + "-flow");
    }
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  private void announce(String... descendants) {
    gateway.update(PLACE, CSR, "{'dcse':['" + String.join("','", descendants) + "']}");
  }

  private void publish(String from, String container) {
    gateway.as(from).container(PLACE, container);
    gateway.as(from).publish(PLACE + "/" + container, "21");
  }

  private void assertShutOut(String from, String container) {
    String at = PLACE + "/" + container;
    TestCse.Party other = gateway.as(from);
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.retrieve(at));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.retrieve(at + "/la"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.update(at, CNT, "{'lbl':['mine']}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.create(at, CIN, "{'con':'99'}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.container(at, "inner"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.delete(at + "/la"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.delete(at));
  }

  private void assertAtHome(String from, String container) {
    String at = PLACE + "/" + container;
    TestCse.Party owner = gateway.as(from);
    assertThat(owner.retrieve(at + "/la").text("con")).isEqualTo("21");
    assertThat(owner.update(at, CNT, "{'lbl':['mine']}").status()).isEqualTo(2004);
    assertThat(owner.publish(at, "22").status()).isEqualTo(2001);
    assertThat(owner.container(at, "inner").status()).isEqualTo(2001);
    assertThat(owner.delete(at).status()).isEqualTo(2002);
  }

  @ParameterizedTest
  @CsvSource({
    "/asn-7, mn-1",
    "/asn-7, mn-1-flow",
    "/asn-7, asn-8",
    "/asn-7, asn-8-flow",
    "/asn-7/Cflow, mn-1",
    "/asn-7/Cflow, mn-1-flow",
    "/asn-7/Cflow, asn-8",
    "/asn-7/Cflow, asn-8-flow",
    "//sp.example.org/asn-7/Cflow, mn-1",
    "/mn-1, asn-7",
    "/mn-1, asn-7-flow",
    "/mn-1/Cflow, asn-7",
    "/mn-1/Cflow, asn-7-flow"
  })
  @DisplayName("TS-0001 9.6.1.3.2: what another CSE or its AE created is nobody's else, with 4103")
  void ofOthers(String from, String container) {
    assertShutOut(from, container);
  }

  @ParameterizedTest
  @CsvSource({
    "/asn-7, asn-7",
    "/asn-7, asn-7-flow",
    "/asn-7/Cflow, asn-7-flow",
    "/asn-8/Cflow, asn-8-flow",
    "/mn-1, mn-1",
    "/mn-1, mn-1-flow"
  })
  @DisplayName("A CSE below a gateway may with its own, and its AEs', what one registered here may")
  void ofItsOwn(String from, String container) {
    assertAtHome(from, container);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/asn-7", "/asn-7/Cflow"})
  @DisplayName("The gateway's registration takes what a node creates, and nothing else from it")
  void theGatewaysRegistration(String from) {
    TestCse.Party node = gateway.as(from);

    assertRefused(Refusal.NO_PRIVILEGE, () -> node.retrieve(PLACE));
    assertRefused(Refusal.NO_PRIVILEGE, () -> node.update(PLACE, CSR, "{'rr':true}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> node.update(PLACE, CSR, "{'dcse':['/asn-7']}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> node.delete(PLACE));
    assertRefused(Refusal.NO_PRIVILEGE, () -> node.container("cse-in", "elsewhere"));
    assertThat(gateway.retrieve(PLACE).attributes().texts("dcse"))
        .containsExactly("/asn-7", "/asn-8");
  }

  @Test
  @DisplayName("The place below one gateway is not open to what comes over another's association")
  void thePlaceOfAnotherGateway() {
    TestCse.Party other = cse.registered("/mn-2");
    cse.enrolled("/asn-9", "/mn-2");
    other.update("cse-in/mn-2", CSR, "{'dcse':['/asn-9']}");

    assertRefused(Refusal.NO_PRIVILEGE, () -> other.as("/asn-9").container(PLACE, "late"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.as("/mn-2").container(PLACE, "late"));
    assertRefused(
        Refusal.NO_PRIVILEGE, () -> gateway.as("/asn-7").container("cse-in/mn-2", "late"));
  }

  @Test
  @DisplayName("TS-0001 table 8.1.2-1: children of others are not among the children told")
  void childrenOfOthers() {
    TestCse.Answer listed =
        gateway.send(
            gateway
                .request(Operation.RETRIEVE, PLACE)
                .resultContent(ResultContent.CHILD_REFERENCES));

    AttributeValue.Items references =
        (AttributeValue.Items) listed.attributes().get("rrf").orElseThrow();
    assertThat(references.values())
        .extracting(item -> ((AttributeValue.Members) item).attributes().text("val").orElseThrow())
        .hasSize(4)
        .allSatisfy(address -> assertThat(address).startsWith(PLACE + "/mn-1"));
  }

  /** TS-0001 clause 10.2.2.2 case b: the stem is the provider's, the registrar the node. */
  @Test
  @DisplayName("An AE with a stem of the provider's has what is its own and its registrar's")
  void withAStemOfTheProviders() {
    gateway
        .as("/asn-7/" + STEM)
        .create(
            "cse-in",
            CseResources.AE_ANNC.code(),
            "{'lnk':'/asn-7/" + STEM + "','api':'Npump','lbl':['Credential-ID:']}");
    publish("/" + STEM, "infusion");

    assertAtHome("/" + STEM, "asn-7");
    assertShutOut("/" + STEM, "mn-1");
    assertShutOut("/" + STEM, "asn-8-flow");
    assertShutOut("/asn-8", "infusion");
    assertShutOut("/mn-1", "infusion");
    assertAtHome("/" + STEM, "infusion");
  }

  @Test
  @DisplayName("TS-0004 7.3.3: what a node left that is announced no longer stays its alone")
  void afterTheNodeLeft() {
    announce("/asn-8");

    assertRefused(Refusal.WRONG_ORIGINATOR, () -> gateway.as("/asn-7").retrieve(PLACE + "/asn-7"));
    assertShutOut("/asn-8", "asn-7");
    assertShutOut("/mn-1", "asn-7-flow");

    announce("/asn-7", "/asn-8");
    assertAtHome("/asn-7", "asn-7");
  }

  @Test
  @DisplayName("TS-0004 7.4.4.2.4: what nodes created goes with the gateway's registration")
  void withTheGatewaysRegistration() {
    gateway.delete(PLACE);
    gateway.create("cse-in", CSR, REGISTRATION.replace("}", ",'dcse':['/asn-7','/asn-8']}"));

    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> gateway.as("/asn-7").retrieve(PLACE + "/asn-7"));
    gateway.as("/asn-7").container(PLACE, "asn-7");

    cse.pass(LONGEST_LIFE.minus(Duration.ofSeconds(1)));
    assertThat(gateway.as("/asn-7").retrieve(PLACE + "/asn-7").status()).isEqualTo(2000);
    cse.pass(Duration.ofSeconds(2));
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> gateway.as("/asn-7").retrieve(PLACE + "/asn-7"));
  }
}
