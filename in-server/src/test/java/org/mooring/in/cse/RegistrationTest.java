// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.APPLICATION;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.LONGEST_LIFE;
import static org.mooring.in.cse.TestCse.REGISTRATION;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.resource.CseResources;

class RegistrationTest {
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

  @Test
  @DisplayName("TS-0001 10.2.2.7 (seed 002): an empty From takes the pre-assigned CSE-ID")
  void emptyFrom() {
    TestCse.Answer created = cse.associated("/asn-1").create("cse-in", CSR, REGISTRATION);

    assertThat(created.status()).isEqualTo(2001);
    assertThat(created.text("csi")).isEqualTo("/asn-1");
    assertThat(created.text("rn")).isEqualTo("asn-1");
    assertThat(created.text("pi")).isEqualTo("id-in");
  }

  @Test
  @DisplayName("TS-0001 10.2.2.7: From and csi in either form may name the pre-assigned CSE-ID")
  void sameCseId() {
    assertThat(
            cse.associated("/asn-1")
                .as("/asn-1")
                .create("cse-in", CSR, registration("'csi':'//sp.example.org/asn-1'"))
                .text("csi"))
        .isEqualTo("/asn-1");
    assertThat(
            cse.associated("/asn-2")
                .as("//sp.example.org/asn-2")
                .create("cse-in", CSR, registration("'csi':'/asn-2'"))
                .text("csi"))
        .isEqualTo("/asn-2");
  }

  @Test
  @DisplayName("TS-0001 10.2.2.7: a CSE-ID may look like an AE-ID that the provider assigned")
  void cseIdLikeAeId() {
    assertThat(
            cse.associated("/Sensor").as("/Sensor").create("cse-in", CSR, REGISTRATION).text("csi"))
        .isEqualTo("/Sensor");
  }

  @Test
  @DisplayName("TS-0001 10.2.2.7: another From is refused with 4106, another csi with 4000")
  void otherCseId() {
    TestCse.Party node = cse.associated("/asn-1");

    assertRefused(
        Refusal.WRONG_ORIGINATOR, () -> node.as("/asn-2").create("cse-in", CSR, REGISTRATION));
    assertRefused(
        Refusal.WRONG_CSE_ID, () -> node.create("cse-in", CSR, registration("'csi':'/asn-2'")));
    assertRefused(
        Refusal.WRONG_CSE_ID,
        () -> node.create("cse-in", CSR, registration("'csi':'//x.example.org/asn-1'")));
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve("cse-in/asn-1"));
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2: an associated AE registers under the AE-ID of its credential")
  void associatedAe() {
    TestCse.Answer created =
        cse.associatedAe("/Sthermo").create("cse-in", AE, "{'api':'Nt','rr':false,'srv':['3']}");

    assertThat(created.status()).isEqualTo(2001);
    assertThat(created.text("aei")).isEqualTo("Sthermo");
    assertThat(created.text("ri")).isEqualTo("Sthermo");
    TestCse.Party ae = cse.associatedAe("/Sthermo").as("//sp.example.org/Sthermo");
    ae.create("Sthermo", CNT, "{'rn':'data'}");
    assertThat(ae.as("Sthermo").retrieve("Sthermo/data").status()).isEqualTo(2000);
    assertRefused(Refusal.ALREADY_REGISTERED, () -> ae.create("cse-in", AE, APPLICATION));
  }

  @Test
  @DisplayName(
      "TS-0001 10.2.2.2: an AE of a node's CSE has that one as its registrar, not this one")
  void associatedAeOfAnotherRegistrar() {
    TestCse.Party ae = cse.associatedAe("/asn-1/Cthermo");

    assertRefused(Refusal.OPERATION_NOT_OFFERED, () -> ae.create("cse-in", AE, APPLICATION));
  }

  @Test
  @DisplayName("TS-0004 7.3.2.1: an associated AE speaks as itself, and is no CSE")
  void associatedAeAsAnother() {
    TestCse.Party ae = cse.associatedAe("/Sthermo");

    for (String other : List.of("Sother", "/Sother", "/id-in/Cthermo", "Cthermo", "/asn-1", "C")) {
      assertRefused(Refusal.WRONG_ORIGINATOR, () -> ae.as(other).create("cse-in", AE, APPLICATION));
    }
    assertRefused(Refusal.OPERATION_NOT_OFFERED, () -> ae.create("cse-in", CSR, REGISTRATION));
    assertThat(ae.as("S").create("cse-in", AE, APPLICATION).text("aei"))
        .as("case iii: the stem that it has")
        .isEqualTo("Sthermo");
    TestCse.Party stranger = cse.associatedAe("/Sother");
    assertRefused(Refusal.NO_PRIVILEGE, () -> stranger.retrieve("Sthermo"));
  }

  @Test
  @DisplayName("TS-0004 7.4.4: <remoteCSE> is refused to AEs with 4005, outside with 4107")
  void notAnAssociatedCse() {
    cse.openAe("Cmeter", "meter");

    assertRefused(
        Refusal.OPERATION_NOT_OFFERED,
        () -> cse.associated("/asn-1").as("/asn-1/Cmeter").create("cse-in", CSR, REGISTRATION));
    assertRefused(
        Refusal.OPERATION_NOT_OFFERED,
        () -> cse.open("Cmeter").create("cse-in", CSR, REGISTRATION));
    assertRefused(
        Refusal.ASSOCIATION_REQUIRED, () -> cse.open("/asn-1").create("cse-in", CSR, REGISTRATION));
    assertRefused(
        Refusal.ASSOCIATION_REQUIRED, () -> cse.open("").create("cse-in", CSR, REGISTRATION));
  }

  @Test
  @DisplayName("TS-0004 7.4.4: a second registration is refused with 4117 until the first ended")
  void alreadyRegistered() {
    TestCse.Party node = cse.registered("/asn-1");

    assertRefused(
        Refusal.ALREADY_REGISTERED, () -> node.create("cse-in", CSR, registration("'rn':'x'")));
    node.delete("cse-in/asn-1");
    node.create("cse-in", CSR, REGISTRATION);
    cse.pass(LONGEST_LIFE);

    assertThat(node.create("cse-in", CSR, REGISTRATION).status()).isEqualTo(2001);
  }

  @Test
  @DisplayName("A node can not take the name under which another one registers")
  void nameOfAnother() {
    TestCse.Party squatter = cse.associated("/asn-1");

    assertRefused(
        Refusal.INVALID_ATTRIBUTE,
        () -> squatter.create("cse-in", CSR, registration("'rn':'asn-2'")));
    assertThat(squatter.create("cse-in", CSR, registration("'rn':'asn-1'")).attributes().text("rn"))
        .contains("asn-1");
    assertThat(cse.associated("/asn-2").create("cse-in", CSR, REGISTRATION).status())
        .isEqualTo(2001);
  }

  @Test
  @DisplayName("TS-0004 7.4.4: a <remoteCSE> stands below the CSEBase alone")
  void belowTheBase() {
    TestCse.Party node = cse.registered("/asn-1");
    TestCse.Party other = cse.associated("/asn-2");

    assertRefused(Refusal.NOT_A_CHILD_TYPE, () -> other.create("cse-in/asn-1", CSR, REGISTRATION));
    assertThat(node.retrieve("cse-in/asn-1").status()).isEqualTo(2000);
  }

  @Test
  @DisplayName("TS-0004 7.4.4: the registered CSE alone updates and deletes its registration")
  void updateAndDelete() {
    TestCse.Party node = cse.registered("/asn-1");

    assertThat(
            node.update("cse-in/asn-1", CSR, "{'poa':['coaps://[::1]:5684'],'rr':true}")
                .attributes()
                .texts("poa"))
        .containsExactly("coaps://[::1]:5684");
    assertRefused(
        Refusal.NOT_PERMITTED_ATTRIBUTE,
        () -> node.update("cse-in/asn-1", CSR, "{'csi':'/asn-1'}"));
    assertRefused(
        Refusal.OPERATION_NOT_OFFERED,
        () -> node.as("/asn-1/Cmeter").update("cse-in/asn-1", CSR, "{'rr':false}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> cse.associated("/asn-2").delete("cse-in/asn-1"));
    assertThat(node.delete("cse-in/asn-1").status()).isEqualTo(2002);
  }

  @Test
  @DisplayName("The audit log tells of registrations, deregistrations and expiries")
  void audited() {
    cse.registered("/asn-1").delete("cse-in/asn-1");
    cse.registered("/asn-2");
    cse.openAe("Cmeter", "meter");
    cse.pass(LONGEST_LIFE);
    cse.sweep();

    assertThat(cse.<Long>read(tx -> tx.auditLog().verify().entries())).isEqualTo(6);
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 case iv and v: without a stem the registrar assigns one with C")
  void stemFromTheCse() {
    for (String from : new String[] {"", "C"}) {
      TestCse.Answer created = cse.open(from).create("cse-in", AE, APPLICATION);

      assertThat(created.text("aei")).matches("C[a-z2-7]{26}").isEqualTo(created.text("ri"));
      assertThat(cse.open(created.text("aei")).retrieve(created.text("ri")).text("api"))
          .isEqualTo("Ncounter");
    }
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 case iii: with S the provider, here the same CSE, assigns one")
  void stemFromTheProvider() {
    assertThat(cse.open("S").create("cse-in", AE, APPLICATION).text("aei"))
        .matches("S[a-z2-7]{26}");
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 case i and ii: a full stem is taken, 4117 while it is in use")
  void fullStem() {
    assertThat(cse.open("Cmeter").create("cse-in", AE, APPLICATION).text("ri")).isEqualTo("Cmeter");
    assertThat(cse.open("Smeter").create("cse-in", AE, APPLICATION).text("aei"))
        .isEqualTo("Smeter");
    assertRefused(
        Refusal.ALREADY_REGISTERED, () -> cse.open("Cmeter").create("cse-in", AE, APPLICATION));

    cse.open("Cmeter").delete("Cmeter");

    assertThat(cse.open("Cmeter").create("cse-in", AE, APPLICATION).status()).isEqualTo(2001);
  }

  @Test
  @DisplayName(
      "TP/oneM2M/CSE/REG/CRE/023: originators of releases 1 and 2 know a taken stem as 4105")
  void fullStemInEarlierReleases() {
    TestCse.Party ae = cse.openAe("Cmeter", "meter");

    assertRefused(
        Refusal.ALREADY_REGISTERED_EARLIER_RELEASE,
        () ->
            ae.send(
                ae.request(Operation.CREATE, "cse-in", AE, APPLICATION)
                    .releaseVersion(ReleaseVersion.RELEASE_2A)));
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2: a stem is free again once its AE expired")
  void expiredStem() {
    cse.openAe("Cmeter", "meter");
    cse.pass(LONGEST_LIFE);

    assertThat(cse.openAe("Cmeter", "meter").retrieve("Cmeter").status()).isEqualTo(2000);
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2: what is no stem is refused, a CSE with 4107 or, associated, 4005")
  void noStem() {
    for (String from : new String[] {"/id-in/Cmeter", "meter", "Xmeter"}) {
      assertThat(from).isNotEmpty();
      assertRefused(
          Refusal.INVALID_PARAMETER, () -> cse.open(from).create("cse-in", AE, APPLICATION));
    }
    assertRefused(
        Refusal.ASSOCIATION_REQUIRED, () -> cse.open("/asn-1").create("cse-in", AE, APPLICATION));
    assertRefused(
        Refusal.OPERATION_NOT_OFFERED,
        () -> cse.associated("/asn-1").create("cse-in", AE, APPLICATION));
  }

  @Test
  @DisplayName("TS-0004 7.4.5: an AE below an AE is refused with 4108, a bad App-ID with 4000")
  void placeAndAppId() {
    cse.openAe("Cmeter", "meter");

    assertRefused(
        Refusal.NOT_A_CHILD_TYPE, () -> cse.open("C").create("cse-in/meter", AE, APPLICATION));
    assertRefused(
        Refusal.INVALID_ATTRIBUTE,
        () -> cse.open("C").create("cse-in", AE, "{'api':'counter','rr':false,'srv':['3']}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'rr':false,'srv':['3']}",
        "{'api':'Ncounter','srv':['3']}",
        "{'api':'Ncounter','rr':false}"
      })
  @DisplayName("TP/oneM2M/CSE/REG/CRE/017: an <AE> without api, rr or srv is refused with 4000")
  void aeWithoutMandatory(String attributes) {
    assertRefused(Refusal.MISSING_ATTRIBUTE, () -> cse.open("C").create("cse-in", AE, attributes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'rr':false,'srv':['3']}",
        "{'cb':'/id-in/cse-in','srv':['3']}",
        "{'cb':'/id-in/cse-in','rr':false}"
      })
  @DisplayName("TS-0004 7.4.4: a <remoteCSE> without cb, rr or srv is refused with 4000")
  void cseWithoutMandatory(String attributes) {
    assertRefused(
        Refusal.MISSING_ATTRIBUTE,
        () -> cse.associated("/asn-1").create("cse-in", CSR, attributes));
  }

  @Test
  @DisplayName("TS-0004 7.3.3.5: an <AE> under a resourceName that is in use is refused with 4105")
  void nameInUse() {
    cse.openAe("Cmeter", "meter");

    assertRefused(Refusal.NAME_IN_USE, () -> cse.openAe("Cmeter2", "meter"));
  }

  @Test
  @DisplayName("TS-0004 7.3.2.8: a registration at another CSE is refused with 4000")
  void anotherCse() {
    assertRefused(
        Refusal.REGISTRATION_THROUGH_TRANSIT,
        () -> cse.open("C").create("/asn-1/-", AE, APPLICATION));
    assertRefused(
        Refusal.REGISTRATION_THROUGH_TRANSIT,
        () -> cse.associated("/asn-1").create("/asn-2/-", CSR, REGISTRATION));
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/CRE/021: nobody creates a <CSEBase>, 4005")
  void cseBase() {
    assertRefused(
        Refusal.OPERATION_NOT_OFFERED,
        () -> cse.associated("/asn-1").create("cse-in", CseResources.CSE_BASE.code(), "{}"));
  }

  @Test
  @DisplayName("TS-0004 7.3.2.1: outside an association From is a registered AE's stem")
  void openOriginators() {
    cse.openAe("Cmeter", "meter").container("cse-in/meter", "data");

    assertThat(cse.open("Cmeter").retrieve("cse-in").text("csi")).isEqualTo("/id-in");
    assertRefused(
        Refusal.UNKNOWN_ORIGINATOR, () -> cse.open("Cother").retrieve("cse-in/meter/data"));
    assertRefused(Refusal.MISSING_PARAMETER, () -> cse.open("").retrieve("cse-in/meter/data"));
    assertRefused(
        Refusal.INVALID_PARAMETER, () -> cse.open("/id-in/Cmeter").retrieve("cse-in/meter"));
    assertRefused(Refusal.ASSOCIATION_REQUIRED, () -> cse.open("/asn-1").retrieve("cse-in"));
    assertRefused(
        Refusal.NO_PRIVILEGE, () -> cse.openAe("Cmeter2", "two").retrieve("cse-in/meter/data"));
  }

  private static String registration(String member) {
    return REGISTRATION.replace("}", "," + member + "}");
  }
}
