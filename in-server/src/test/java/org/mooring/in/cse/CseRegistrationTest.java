// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.LONGEST_LIFE;
import static org.mooring.in.cse.TestCse.REGISTRATION;
import static org.mooring.in.cse.TestCse.START;
import static org.mooring.in.cse.TestCse.assertRefused;
import static org.mooring.in.cse.TestCse.json;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ReleaseVersion;

/** The registration of a CSE from its beginning to its end (TS-0004 clause 7.4.4.2). */
class CseRegistrationTest {
  private static final String NODE = "cse-in/asn-1";

  @TempDir Path folder;
  private TestCse cse;

  @BeforeEach
  void start() {
    cse = new TestCse(folder);
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  private static String with(String members) {
    return REGISTRATION.replace("}", "," + members + "}");
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/CRE/018: a <remoteCSE> with cb, rr and srv is created")
  void mandatoryAttributes() {
    TestCse.Answer created =
        cse.associated("/asn-1").as("/asn-1").create("cse-in", CSR, REGISTRATION);

    assertThat(created.status()).isEqualTo(2001);
    assertThat(created.whole("ty")).isEqualTo(CSR);
    assertThat(created.text("ri")).isNotEmpty();
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/CRE/019: csi may be left out, the registrar sets it")
  void withoutCseId() {
    TestCse.Answer created =
        cse.associated("/asn-1").as("/asn-1").create("cse-in", CSR, REGISTRATION);

    assertThat(created.status()).isEqualTo(2001);
    assertThat(created.text("csi")).isEqualTo("/asn-1");
  }

  @Test
  @DisplayName(
      "TP/oneM2M/CSE/REG/CRE/025, RET/006: the mirror says what the registree said of itself")
  void mirror() {
    String given =
        "{'cb':'/asn-1/cse-asn','csi':'/asn-1','cst':3,'rr':false,'srv':['2a','3'],"
            + "'csz':['json','cbor'],'poa':['coaps://[::1]:5684'],'nl':'/asn-1/node'}";
    TestCse.Party node = cse.associated("/asn-1");
    node.create("cse-in", CSR, given);

    Attributes mirror = node.retrieve(NODE).attributes();

    Attributes expected = json(given);
    assertThat(expected.names())
        .allSatisfy(name -> assertThat(mirror.get(name)).isEqualTo(expected.get(name)));
    assertThat(mirror.text("pi")).contains("id-in");
    assertThat(mirror.timestamp("ct")).contains(START);
    assertThat(mirror.timestamp("lt")).contains(START);
    assertThat(mirror.timestamp("et")).contains(START.plus(LONGEST_LIFE));
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/RET/002, RET/005, RET/008: the registrar says who it is")
  void registrar() {
    Attributes base = cse.registered("/asn-1").retrieve("cse-in").attributes();

    assertThat(base.whole("cst")).hasValue(1);
    assertThat(base.text("csi")).contains("/id-in");
    assertThat(base.texts("poa")).containsExactly("coaps://in.example.org:5684");
    assertThat(base.texts("srv")).containsExactly("2a", "3");
    assertThat(base.texts("csz")).containsExactly("json", "cbor");
    assertThat(base.has("srt")).isTrue();
  }

  @ParameterizedTest(name = "TP/oneM2M/CSE/REG/CRE/013_{0}, RET/007_{0}: {1} is kept and shown")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "LBL | lbl | ['site:7']",
        "CST | cst | 2",
        "POA | poa | ['coaps://[::1]:5684','coap://10.0.0.7']",
        "NL | nl | '/asn-1/node'"
      })
  void optionalAttributes(String suffix, String name, String value) {
    TestCse.Party node = cse.associated("/asn-1");
    Attributes member = json("{'" + name + "':" + value + "}");

    TestCse.Answer created = node.create("cse-in", CSR, with("'" + name + "':" + value));

    assertThat(suffix).isUpperCase();
    assertThat(created.attributes().get(name)).isEqualTo(member.get(name));
    assertThat(node.retrieve(NODE).attributes().get(name)).isEqualTo(member.get(name));
  }

  @ParameterizedTest(name = "TP/oneM2M/CSE/REG/CRE/027, CRE/028_{0}: an MN-CSE''s {1} is kept")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "LBL | lbl | ['site:7']",
        "POA | poa | ['coaps://[::1]:5684']",
        "NL | nl | '/mn-1/node'"
      })
  void middleNode(String suffix, String name, String value) {
    Attributes member = json("{'" + name + "':" + value + "}");

    TestCse.Answer created =
        cse.associated("/mn-1").create("cse-in", CSR, with("'cst':2,'" + name + "':" + value));

    assertThat(suffix).isUpperCase();
    assertThat(created.whole("cst")).isEqualTo(2);
    assertThat(created.attributes().get(name)).isEqualTo(member.get(name));
  }

  @Test
  @DisplayName(
      "TP/oneM2M/CSE/REG/RET/010: a registered CSE retrieves its <remoteCSE>, others do not")
  void retrieved() {
    TestCse.Party node = cse.registered("/asn-1");
    TestCse.Party neighbour = cse.registered("/asn-2");
    cse.openAe("Cmeter", "meter");

    assertThat(node.as("/asn-1").retrieve(NODE).text("csi")).isEqualTo("/asn-1");
    assertThat(node.as("/asn-1/Cpump").retrieve(NODE).status()).isEqualTo(2000);
    assertRefused(Refusal.NO_PRIVILEGE, () -> neighbour.retrieve(NODE));
    assertRefused(Refusal.NO_PRIVILEGE, () -> cse.open("Cmeter").retrieve(NODE));
    assertRefused(Refusal.NO_PRIVILEGE, () -> cse.associatedAe("/Spump").retrieve(NODE));
  }

  @ParameterizedTest(name = "TP/oneM2M/CSE/REG/UPD/002_{0}: {1} is updated")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "LBL | lbl | ['first'] | ['second']",
        "POA | poa | ['coaps://[::1]:5684'] | ['coaps://[::1]:5685']",
        "NL | nl | '/asn-1/one' | '/asn-1/two'",
        "RR | rr | false | true",
        "SRV | srv | ['3'] | ['2a','3']",
        "CSZ | csz | ['json'] | ['cbor']"
      })
  void updated(String suffix, String name, String before, String after) {
    TestCse.Party node = cse.registered("/asn-1");
    node.update(NODE, CSR, "{'" + name + "':" + before + "}");
    cse.pass(Duration.ofMinutes(1));

    TestCse.Answer updated = node.update(NODE, CSR, "{'" + name + "':" + after + "}");

    assertThat(suffix).isUpperCase();
    assertThat(updated.status()).isEqualTo(2004);
    Attributes shown = node.retrieve(NODE).attributes();
    assertThat(shown.get(name)).isEqualTo(json("{'" + name + "':" + after + "}").get(name));
    assertThat(shown.timestamp("lt")).contains(START.plus(Duration.ofMinutes(1)));
  }

  @Test
  @DisplayName(
      "TS-0004 7.3.3.7: an optional attribute is deleted with null, a mandatory one is not")
  void deletedAttribute() {
    TestCse.Party node = cse.associated("/asn-1");
    node.create("cse-in", CSR, with("'poa':['coaps://[::1]:5684']"));

    node.update(NODE, CSR, "{'poa':null}");

    assertThat(node.retrieve(NODE).attributes().has("poa")).isFalse();
    assertRefused(Refusal.INVALID_ATTRIBUTE, () -> node.update(NODE, CSR, "{'rr':null}"));
  }

  @ParameterizedTest(name = "TS-0004 7.4.4: {0} can not be updated")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"cb | '/asn-1/other'", "csi | '/asn-1'", "cst | 2", "rn | 'asn-1'"})
  void notUpdated(String name, String value) {
    TestCse.Party node = cse.registered("/asn-1");

    assertRefused(
        Refusal.NOT_PERMITTED_ATTRIBUTE,
        () -> node.update(NODE, CSR, "{'" + name + "':" + value + "}"));
  }

  @Test
  @DisplayName(
      "TS-0004 7.3.3.5: a registration is prolonged by an UPDATE of et, up to the longest life")
  void prolonged() {
    TestCse.Party node = cse.registered("/asn-1");
    cse.pass(LONGEST_LIFE.minusHours(1));

    node.update(NODE, CSR, "{'et':'" + M2mTimestamp.format(M2mTimestamp.NEVER) + "'}");

    assertThat(node.retrieve(NODE).time("et")).isEqualTo(cse.now().plus(LONGEST_LIFE));
    cse.pass(Duration.ofHours(2));
    assertThat(node.retrieve(NODE).status()).isEqualTo(2000);
  }

  @Test
  @DisplayName("TS-0004 7.4.4: originators of releases 1 and 2 know a registered CSE as 4105")
  void alreadyRegisteredInEarlierReleases() {
    TestCse.Party node = cse.registered("/asn-1");

    for (ReleaseVersion release : ReleaseVersion.values()) {
      Refusal expected =
          release == ReleaseVersion.RELEASE_3
              ? Refusal.ALREADY_REGISTERED
              : Refusal.ALREADY_REGISTERED_EARLIER_RELEASE;
      assertRefused(
          expected,
          () ->
              node.send(
                  node.request(Operation.CREATE, "cse-in", CSR, REGISTRATION)
                      .releaseVersion(release)));
    }
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/DEL/002: a deregistration takes everything below with it")
  void deregistered() {
    TestCse.Party node = cse.registered("/asn-1");
    node.container(NODE, "data");
    node.publish(NODE + "/data", "21");
    String instance = node.retrieve(NODE + "/data/la").text("ri");

    assertThat(node.delete(NODE).status()).isEqualTo(2002);

    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve(NODE));
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve(NODE + "/data"));
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve(instance));
    assertThat(node.create("cse-in", CSR, REGISTRATION).status()).isEqualTo(2001);
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve(NODE + "/data"));
  }

  @Test
  @DisplayName("TS-0004 7.4.4.2.4: the registrar may deregister the CSE, an AE may not")
  void deregisteredByOthers() {
    TestCse.Party node = cse.registered("/asn-1");
    cse.openAe("Cmeter", "meter");

    assertRefused(Refusal.NO_PRIVILEGE, () -> cse.open("Cmeter").delete(NODE));
    assertRefused(Refusal.OPERATION_NOT_OFFERED, () -> node.as("/asn-1/Cpump").delete(NODE));
    assertThat(cse.operator().delete(NODE).status()).isEqualTo(2002);
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve(NODE));
  }

  @Test
  @DisplayName("TS-0004 7.3.3.5: an expired registration is gone with all below, swept or not")
  void expired() {
    TestCse.Party node = cse.registered("/asn-1");
    node.container(NODE, "data");
    cse.pass(LONGEST_LIFE);

    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve(NODE));
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve(NODE + "/data"));
    assertThat(node.create("cse-in", CSR, REGISTRATION).status()).isEqualTo(2001);
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve(NODE + "/data"));
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/UPD/001, DEL/001: nobody updates or deletes the <CSEBase>, 4005")
  void cseBase() {
    TestCse.Party node = cse.registered("/asn-1");

    assertRefused(
        Refusal.OPERATION_NOT_OFFERED, () -> node.update("cse-in", 5, "{'lbl':['mine']}"));
    assertRefused(Refusal.OPERATION_NOT_OFFERED, () -> node.delete("cse-in"));
    assertThat(node.retrieve("cse-in").status()).isEqualTo(2000);
  }
}
