// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.APPLICATION;
import static org.mooring.in.cse.TestCse.ASAR;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.MSSP;
import static org.mooring.in.cse.TestCse.REGISTRATION;
import static org.mooring.in.cse.TestCse.SVSN;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.resource.CseResources;
import org.mooring.in.audit.AuditRecord;

/** AEs with stems of the provider's that register with other CSEs (TS-0001 clause 10.2.2.2). */
class AeAnnouncementTest {
  private static final int ANNC = CseResources.AE_ANNC.code();
  private static final String BASE = "/id-in/cse-in";

  @TempDir Path folder;
  private TestCse cse;
  private TestCse.Party operator;
  private TestCse.Party first;
  private TestCse.Party second;

  @BeforeEach
  void start() {
    cse = new TestCse(folder);
    operator = cse.operator();
    first = cse.registered("/asn-1");
    second = cse.registered("/asn-2");
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  /** A profile with a node for each of these registrars, and one rule for all. */
  private void allow(String rule, String... registrars) {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    operator.create("cse-in", ASAR, "{'rn':'pumps'," + rule + "}");
    for (String registrar : registrars) {
      operator.create(
          "cse-in/contract",
          SVSN,
          "{'ni':'urn:example:1','csi':'" + registrar + "','rlk':['cse-in/pumps']}");
    }
  }

  private static String announcement(String link, String more) {
    return "{'lnk':'" + link + "','api':'Npump'" + more + "}";
  }

  private static TestCse.Answer announce(TestCse.Party registrar, String csi, String stem) {
    String link = csi + "/" + stem;
    return registrar.as(link).create(BASE, ANNC, announcement(link, ""));
  }

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
  @DisplayName("TS-0001 10.2.2.2 case e: with a rule for it an AE moves to another registrar")
  void moved() {
    allow("'aai':['Npump'],'aae':['S17']", "/asn-1", "/asn-2");
    announce(first, "/asn-1", "S17");
    first.as("/S17").create("cse-in/asn-1", CNT, "{'rn':'flow'}");

    announce(second, "/asn-2", "S17");

    assertThat(latest("AE_MOVED").detail().text("formerRegistrar")).contains("/asn-1");
    assertThat(latest("AE_MOVED").detail().text("registrar")).contains("/asn-2");
    assertThat(second.retrieve("S17").text("lnk")).isEqualTo("/asn-2/S17");
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> first.as("/S17").retrieve("cse-in"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> first.retrieve("S17"));
    assertThat(second.as("/S17").retrieve("cse-in/asn-1/flow").status()).isEqualTo(2000);
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 step 005e: a move by an UPDATE of the announcement")
  void movedByUpdate() {
    allow("'aai':['Npump'],'aae':['S17']", "/asn-1", "/asn-2");
    announce(first, "/asn-1", "S17");

    second.as("/asn-2/S17").update("/id-in/S17", ANNC, "{'lnk':'/asn-2/S17'}");

    assertThat(latest("AE_MOVED").subject()).isEqualTo("/S17");
    assertThat(second.as("/S17").retrieve("cse-in").status()).isEqualTo(2000);
    second.delete("cse-in/asn-2");
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> first.retrieve("S17"));
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2: an AE moves from a field CSE to this one")
  void movedHere() {
    allow("'aai':['*'],'aae':['S17']", "/asn-1", "/id-in");
    announce(first, "/asn-1", "S17");

    cse.open("S17").create("cse-in", AE, APPLICATION);

    assertThat(latest("AE_MOVED").detail().text("registrar")).contains("/id-in");
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> first.as("/S17").retrieve("cse-in"));
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
  @DisplayName("TS-0001 10.2.2.5: INACTIVE deregisters the AE and keeps its stem for the registrar")
  void deregistered() {
    announce(first, "/asn-1", "S17");

    TestCse.Answer inactive = first.update("S17", ANNC, "{'lnk':'INACTIVE'}");

    assertThat(inactive.whole("regs")).isEqualTo(2);
    assertThat(latest("AE_ANNOUNCEMENT_ENDED").subject()).isEqualTo("/S17");
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> first.as("/S17").retrieve("cse-in"));
    assertRefused(Refusal.ALREADY_REGISTERED, () -> announce(second, "/asn-2", "S17"));
    first.as("/asn-1/S17").update("S17", ANNC, "{'lnk':'/asn-1/S17'}");
    assertThat(first.as("/S17").retrieve("cse-in").status()).isEqualTo(2000);
  }

  @Test
  @DisplayName("An announcement ends by DELETE, at its expirationTime, and with its registrar's")
  void ends() {
    announce(first, "/asn-1", "S17");
    first.delete("S17");
    assertThat(latest("AE_ANNOUNCEMENT_ENDED").detail().text("registrar")).contains("/asn-1");
    assertThat(announce(second, "/asn-2", "S17").status()).isEqualTo(2001);

    second.delete("cse-in/asn-2");
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> first.retrieve("S17"));

    first.create(BASE, ANNC, announcement("/asn-1/S17", ",'et':'20260301T120100'"));
    cse.pass(Duration.ofMinutes(2));
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> first.as("/S17").retrieve("cse-in"));
    second.create("cse-in", CSR, REGISTRATION);
    assertThat(announce(second, "/asn-2", "S17").status()).isEqualTo(2001);
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

  @Test
  @DisplayName("An announcement is prolonged with the registration that it ends with")
  void prolonged() {
    announce(first, "/asn-1", "S17");
    announce(first, "/asn-1", "S19");
    first
        .as("/asn-1/S18")
        .create(BASE, ANNC, announcement("/asn-1/S18", ",'et':'20260310T120000'"));
    first.as("/asn-1/S19").update("/id-in/S19", ANNC, "{'lnk':'INACTIVE'}");
    cse.pass(Duration.ofDays(5));

    Instant end =
        first.as("/asn-1").update("cse-in/asn-1", CSR, "{'et':'99991231T235959'}").time("et");

    assertThat(end).isAfter(TestCse.START.plus(TestCse.LONGEST_LIFE));
    assertThat(expiry("S17")).isEqualTo(end);
    assertThat(expiry("S18")).isEqualTo(Instant.parse("2026-03-10T12:00:00Z"));
    assertThat(expiry("S19")).isEqualTo(TestCse.START.plus(TestCse.LONGEST_LIFE));
  }

  @Test
  @DisplayName("An announcement that is made again lives as long as its registrar's registration")
  void expiryOfAnnouncedAgain() {
    announce(first, "/asn-1", "S17");
    cse.pass(Duration.ofDays(1));
    Instant end =
        first.as("/asn-1").update("cse-in/asn-1", CSR, "{'et':'99991231T235959'}").time("et");
    first.as("/asn-1/S17").update("/id-in/S17", ANNC, "{'et':'20260305T120000'}");

    first.as("/asn-1/S17").update("/id-in/S17", ANNC, "{'lnk':'/asn-1/S17'}");

    assertThat(expiry("S17")).isEqualTo(end);
  }

  private Instant expiry(String stem) {
    return cse.read(tx -> tx.resources().byId(stem).orElseThrow().times().expires());
  }

  @Test
  @DisplayName("A registrar announces so many AEs; of those that deregistered the first one goes")
  void quota(@TempDir Path other) {
    try (TestCse small = new TestCse(other, CseResources.TABLE, 2)) {
      TestCse.Party registrar = small.registered("/asn-1");
      TestCse.Party another = small.registered("/asn-2");
      announce(registrar, "/asn-1", "S1");
      announce(registrar, "/asn-1", "S2");

      assertRefused(Refusal.QUOTA_EXCEEDED, () -> announce(registrar, "/asn-1", "S3"));
      assertThat(announce(registrar, "/asn-1", "S2").status()).isEqualTo(2001);
      assertThat(announce(another, "/asn-2", "S3").status()).isEqualTo(2001);

      registrar.as("/asn-1/S1").update("/id-in/S1", ANNC, "{'lnk':'INACTIVE'}");
      assertThat(announce(registrar, "/asn-1", "S4").status()).isEqualTo(2001);
      assertRefused(
          Refusal.NO_SUCH_RESOURCE, () -> registrar.as("/asn-1/S1").retrieve("/id-in/S1"));
      assertRefused(Refusal.QUOTA_EXCEEDED, () -> announce(registrar, "/asn-1", "S5"));
    }
  }

  private AuditRecord latest(String action) {
    return cse.read(
        tx ->
            tx.auditLog().latest(20).stream()
                .filter(entry -> entry.action().equals(action))
                .findFirst()
                .orElseThrow());
  }
}
