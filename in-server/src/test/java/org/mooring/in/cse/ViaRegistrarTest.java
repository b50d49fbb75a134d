// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.REGISTRATION;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;

/**
 * What an MN-CSE makes of requests that its registrar sends down; {@code /asn-7} is registered with
 * it, and so is {@code /mn-1/Cflow}, an AE with an association of its own.
 */
class ViaRegistrarTest {
  private static final String WATCH = "/id-in/Cwatch";

  @TempDir Path folder;
  private TestCse cse;
  private TestCse.Party above;

  @BeforeEach
  void aNodeAndAnAeAreRegistered() {
    cse = TestCse.ofMiddleNode(folder);
    cse.associated("/asn-7").create("cse-mn", CSR, REGISTRATION);
    cse.associatedAe("/mn-1/Cflow").create("cse-mn", AE, TestCse.APPLICATION);
    cse.associated("/asn-7").as("/asn-7").container("cse-mn/asn-7", "data");
    above = cse.viaRegistrar(WATCH);
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/mn-1, WRONG_ORIGINATOR",
    "/mn-1/Cflow, WRONG_ORIGINATOR",
    "//sp.example.org/mn-1/Cflow, WRONG_ORIGINATOR",
    "/mn-1/Cnobody, WRONG_ORIGINATOR",
    "/asn-7, WRONG_ORIGINATOR",
    "/asn-7/Cpump, WRONG_ORIGINATOR",
    "//other.example.org/id-in, WRONG_ORIGINATOR",
    "//other.example.org/id-in/Cwatch, WRONG_ORIGINATOR",
    "//other.example.org/Swatch, WRONG_ORIGINATOR",
    "Cflow, INVALID_PARAMETER",
    "'', MISSING_PARAMETER"
  })
  @DisplayName("TS-0004 7.3.2.1: the registrar speaks for nobody who speaks here or below")
  void forOthers(String from, Refusal refusal) {
    TestCse.Party claimed = cse.viaRegistrar(from);

    assertRefused(refusal, () -> claimed.retrieve("/mn-1/-"));
    assertRefused(refusal, () -> claimed.delete("/mn-1/-/asn-7/data"));
    assertRefused(refusal, () -> claimed.onward(claimed.request(Operation.RETRIEVE, "/asn-7/-")));
  }

  @Test
  @DisplayName("TS-0001 9.6.1.3.2: whoever the registrar vouches for has no resources here")
  void ofOthers() {
    assertThat(above.retrieve("/mn-1/-").text("csi")).isEqualTo("/mn-1");
    assertRefused(Refusal.NO_PRIVILEGE, () -> above.retrieve("/mn-1/-/asn-7"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> above.retrieve("/mn-1/-/asn-7/data"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> above.create("/mn-1/-/asn-7", CNT, "{'rn':'x'}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> above.delete("/mn-1/Cflow"));
    assertRefused(
        Refusal.OPERATION_NOT_OFFERED, () -> above.create("/mn-1/-", AE, TestCse.APPLICATION));
    assertRefused(Refusal.OPERATION_NOT_OFFERED, () -> above.create("/mn-1/-", CSR, REGISTRATION));
  }

  @ParameterizedTest
  @CsvSource({
    "/asn-9, /asn-9, /asn-9",
    "//sp.example.org/asn-9, /asn-9, /asn-9",
    "/asn-9/Cpump, /asn-9/Cpump, ''",
    "//sp.example.org/asn-9/Cpump, /asn-9/Cpump, ''",
    "/Spump, /Spump, ''"
  })
  @DisplayName("TS-0001 9.6.1.3.2: an AE from above has no right to what its CSE created")
  void scope(String from, String id, String cseId) {
    CseRegistrations registrations = new CseRegistrations(TestCse.PROVIDER);
    Originators originators =
        new Originators(
            TestCse.PROVIDER, registrations, new AnnouncedAes(TestCse.PROVIDER, registrations, 1));
    RequestPrimitive request = above.request(Operation.RETRIEVE, "/id-in/-").build();

    Requester requester =
        cse.read(tx -> originators.identify(tx, new Originator.ViaRegistrar(from), request));

    assertThat(requester.scope()).isEqualTo(new CreatorScope(id, cseId));
  }

  @Test
  @DisplayName("TS-0004 7.3.2.6: a request for a registered CSE goes down to it as it is")
  void down() {
    RequestPrimitive request = above.request(Operation.RETRIEVE, "/asn-7/-").build();

    Onward onward = above.onward(request.toBuilder());

    assertThat(onward.below()).contains(new CseId("/asn-7"));
    assertThat(onward.request().to()).isEqualTo("/asn-7/-");
    assertThat(onward.request().from()).contains(WATCH);
    assertThat(onward.request().requestId()).isEqualTo(request.requestId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/asn-8/-", "/id-in/-", "//other.example.org/asn-7/-"})
  @DisplayName("What came from the registrar does not go back to it")
  void notUpAgain(String to) {
    assertRefused(Refusal.NOT_REACHABLE, () -> above.onward(above.request(Operation.RETRIEVE, to)));
  }

  @Test
  @DisplayName("TS-0001 7.1.7: what an AE here asks of a CSE below has its id at the provider")
  void fromHere() {
    TestCse.Party ae = cse.associatedAe("/mn-1/Cflow").as("Cflow");

    Onward onward = ae.onward(ae.request(Operation.RETRIEVE, "/asn-7/-"));

    assertThat(onward.below()).contains(new CseId("/asn-7"));
    assertThat(onward.request().from()).contains("/mn-1/Cflow");
    assertThat(onward.request().requestId()).startsWith("Cflow/");
    assertThat(ae.onward(ae.request(Operation.RETRIEVE, "/asn-8/-")).below()).isEmpty();
  }
}
