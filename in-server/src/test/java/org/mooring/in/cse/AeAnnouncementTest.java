// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.APPLICATION;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ReleaseVersion;

/** AEs with stems of the provider's that register with other CSEs (TS-0001 clause 10.2.2.2). */
class AeAnnouncementTest extends AeAnnouncementBench {
  @Test
  @DisplayName("TS-0001 10.2.2.2 case a: From /CSE/S gets a stem that the rule allows")
  void assigned() {
    allow("'aai':['Npump'],'aae':['S12*']", "/asn-1");

    TestCse.Answer created = announce(first, "/asn-1", "S");

    assertThat(created.status()).isEqualTo(2001);
    assertThat(created.text("ri")).matches("S12[a-z2-7]{26}");
    assertThat(created.text("aei")).isEqualTo(created.text("ri"));
    assertThat(created.text("lnk")).isEqualTo("/asn-1/" + created.text("ri"));
    assertThat(created.whole("regs")).isEqualTo(1);
    assertThat(cse.<String>read(tx -> tx.resources().byId(created.text("ri")).orElseThrow().path()))
        .startsWith("cse-in/asn-1/");
  }

  @ParameterizedTest
  @CsvSource({
    "/asn-1/S17, /id-in/S17",
    "//sp.example.org/asn-1/S17, /id-in/-",
    "/asn-1, cse-in",
    "/asn-1/S17, cse-in/asn-1"
  })
  @DisplayName("TS-0001 10.2.2.2 case b: the stem in From is the announcement's id")
  void preProvisioned(String from, String to) {
    TestCse.Answer created =
        first.as(from).create(to, ANNC, announcement("/asn-1/S17", ",'rn':'pump'"));

    assertThat(created.text("ri")).isEqualTo("S17");
    assertThat(first.as("/asn-1").retrieve("cse-in/asn-1/pump").text("lnk"))
        .isEqualTo("/asn-1/S17");
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 step 005b: a registrar announces its AE again by an UPDATE")
  void announcedAgain() {
    announce(first, "/asn-1", "S17");

    TestCse.Answer updated =
        first
            .as("/asn-1/S17")
            .update("/id-in/S17", ANNC, "{'lnk':'/asn-1/S17','lbl':['Credential-ID:12-a@b.c']}");

    assertThat(updated.attributes().texts("lbl")).containsExactly("Credential-ID:12-a@b.c");
    assertThat(announce(first, "/asn-1", "S17").attributes().has("lbl")).isFalse();
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 step 006: the rules of the registrar's node count, not this CSE's")
  void rulesOfTheRegistrar() {
    allow("'aai':['Npump'],'aae':['S1*']", "/id-in", "/asn-1");

    assertThat(announce(first, "/asn-1", "S17").status()).isEqualTo(2001);
    assertRefused(Refusal.NO_SERVICE_SUBSCRIPTION, () -> announce(second, "/asn-2", "S18"));
    assertRefused(Refusal.APP_RULE_FAILED, () -> announce(first, "/asn-1", "S2"));
    assertRefused(
        Refusal.APP_RULE_FAILED,
        () -> first.create(BASE, ANNC, "{'lnk':'/asn-1/S19','api':'Nother'}"));
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 step 006: what is told is a code of the registrar's release")
  void earlierReleases() {
    allow("'aai':['Npump'],'aae':['S1*']", "/asn-1");

    assertRefused(
        Refusal.APP_RULE_FAILED_EARLIER_RELEASE,
        () ->
            first.send(
                first
                    .request(Operation.CREATE, BASE, ANNC, announcement("/asn-1/S2", ""))
                    .releaseVersion(ReleaseVersion.RELEASE_2A)));
  }

  @Test
  @DisplayName(
      "TS-0001 10.2.2.2 step 005a: the label Credential-ID is what the rule is held against")
  void credential() {
    allow("'apci':['12-*'],'aai':['*'],'aae':['*']", "/asn-1");
    String link = "/asn-1/S17";

    assertThat(
            first
                .create(BASE, ANNC, announcement(link, ",'lbl':['a','Credential-ID:12-x@y.z']"))
                .status())
        .isEqualTo(2001);
    for (String labels : List.of("['Credential-ID:11-x@y.z']", "['Credential-ID:']", "['a']")) {
      assertRefused(
          Refusal.APP_RULE_FAILED,
          () -> first.create(BASE, ANNC, announcement(link, ",'lbl':" + labels)));
    }
    assertRefused(
        Refusal.APP_RULE_FAILED,
        () -> first.update("S17", ANNC, "{'lbl':['Credential-ID:11-x@y.z']}"));
    for (String labels : List.of("['Credential-ID:x']", "['Credential-ID:','Credential-ID:']")) {
      assertRefused(
          Refusal.INVALID_ATTRIBUTE,
          () -> first.create(BASE, ANNC, announcement(link, ",'lbl':" + labels)));
    }
  }

  @Test
  @DisplayName("TS-0001 7.2: a stem of the provider's is unique in its domain: else 4117")
  void unique() {
    cse.openAe("S16", "local");
    cse.enrolled("/S18", "");
    announce(first, "/asn-1", "S17");

    for (String stem : List.of("S16", "S17", "S18")) {
      assertRefused(Refusal.ALREADY_REGISTERED, () -> announce(second, "/asn-2", stem));
    }
    assertRefused(
        Refusal.ALREADY_REGISTERED, () -> cse.open("S17").create("cse-in", AE, APPLICATION));
  }

  @Test
  @DisplayName("TS-0001 7.2: /S… of an AE counts in the association it was announced through alone")
  void scope() {
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> first.as("/S17").retrieve("cse-in"));
    announce(first, "/asn-1", "S17");

    TestCse.Answer flow = first.as("/S17").create("cse-in/asn-1", CNT, "{'rn':'flow','cr':null}");

    assertThat(flow.text("cr")).isEqualTo("/S17");
    first.as("//sp.example.org/S17").publish("cse-in/asn-1/flow", "21");
    assertRefused(Refusal.NO_PRIVILEGE, () -> first.retrieve("cse-in/asn-1/flow"));
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> second.as("/S17").retrieve("cse-in"));
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> first.as("S17").retrieve("cse-in"));
    assertRefused(
        Refusal.WRONG_ORIGINATOR, () -> first.as("//other.example.org/S17").retrieve("cse-in"));
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2: a descendant announces through the CSE that announced it")
  void descendant() {
    cse.enrolled("/mn-1", "");
    cse.enrolled("/asn-7", "/mn-1");
    TestCse.Party gateway = cse.registered("/mn-1");
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> announce(gateway, "/asn-7", "S17"));
    gateway.update("cse-in/mn-1", CSR, "{'dcse':['/asn-7']}");

    announce(gateway, "/asn-7", "S17");

    assertThat(gateway.as("/asn-7").retrieve("S17").text("lnk")).isEqualTo("/asn-7/S17");
    assertThat(gateway.as("/S17").retrieve("cse-in").status()).isEqualTo(2000);
    gateway.update("cse-in/mn-1", CSR, "{'dcse':null}");
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> gateway.as("/S17").retrieve("cse-in"));
  }

  @Test
  @DisplayName("TS-0004 7.4.26.2: nobody but the registrar in the link changes an announcement")
  void others() {
    announce(first, "/asn-1", "S17");

    assertRefused(Refusal.NO_PRIVILEGE, () -> second.update("S17", ANNC, "{'lnk':'INACTIVE'}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> second.delete("S17"));
    assertRefused(Refusal.OPERATION_NOT_OFFERED, () -> first.as("/S17").delete("S17"));
    assertRefused(
        Refusal.OPERATION_NOT_OFFERED,
        () -> first.as("/asn-1/C7").update("S17", ANNC, "{'apn':'pump'}"));
    assertThat(operator.delete("S17").status()).isEqualTo(2002);
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 step 005: From and link are of the registrar that sends them")
  void foreignLinks() {
    assertRefused(
        Refusal.WRONG_ORIGINATOR,
        () -> first.as("/asn-2/S17").create(BASE, ANNC, announcement("/asn-2/S17", "")));
    for (String link : List.of("/asn-2/S17", "/asn-1/S18", "/asn-1/C17", "/S17", "INACTIVE")) {
      assertRefused(
          Refusal.INVALID_ATTRIBUTE,
          () -> first.as("/asn-1/S17").create(BASE, ANNC, announcement(link, "")));
    }
    announce(first, "/asn-1", "S17");
    assertRefused(
        Refusal.INVALID_ATTRIBUTE, () -> first.update("S17", ANNC, "{'lnk':'/asn-1/S18'}"));
  }

  @Test
  @DisplayName("An AE is announced by a registered CSE alone, and nowhere else than with it")
  void origin() {
    assertRefused(
        Refusal.OPERATION_NOT_OFFERED,
        () -> cse.associatedAe("/S17").create(BASE, ANNC, announcement("/asn-1/S17", "")));
    assertRefused(
        Refusal.OPERATION_NOT_OFFERED,
        () -> first.as("/asn-1/C7").create(BASE, ANNC, announcement("/asn-1/S17", "")));
    assertRefused(
        Refusal.CSE_NOT_REGISTERED, () -> announce(cse.associated("/asn-3"), "/asn-3", "S17"));
    assertRefused(
        Refusal.NOT_A_CHILD_TYPE,
        () -> first.create("cse-in/asn-2", ANNC, announcement("/asn-1/S17", "")));
  }

  @Test
  @DisplayName("The audit log has by what an announcement was decided, and a refusal for whom")
  void audited() {
    allow("'aai':['Npump'],'aae':['S17']", "/asn-1");
    announce(first, "/asn-1", "S17");

    Attributes detail = latest("AE_ANNOUNCED").detail();
    assertThat(detail.text("registrar")).contains("/asn-1");
    assertThat(detail.text("reason")).contains("cse-in/pumps allows it");
    RegistrationRefusedException refused =
        catchThrowableOfType(
            RegistrationRefusedException.class, () -> announce(first, "/asn-1", "S18"));
    assertThat(refused.detail().text("registrar")).contains("/asn-1");
    assertThat(refused.detail().text("reason")).get().asString().contains("S18 matches none");
  }
}
