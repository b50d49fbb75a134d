// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.ASAR;
import static org.mooring.in.cse.TestCse.MSSP;
import static org.mooring.in.cse.TestCse.SVSN;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.in.audit.AuditRecord;

/** The registration of AEs where the provider wrote service subscriptions. */
class AeRegistrationTest {
  private static final String PUMP = "{'api':'Npump','rr':false,'srv':['3']}";
  private static final String OTHER = "{'api':'Nother','rr':false,'srv':['3']}";

  @TempDir Path folder;
  private TestCse cse;
  private TestCse.Party operator;

  @BeforeEach
  void start() {
    cse = new TestCse(folder);
    operator = cse.operator();
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  /** A rule for no association, below a profile with this CSE's node. */
  private void allow(String apps, String aes) {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    operator.create("cse-in", ASAR, "{'rn':'pumps','aai':[" + apps + "],'aae':[" + aes + "]}");
    operator.create(
        "cse-in/contract",
        SVSN,
        "{'ni':'//sp.example.org/id-in','csi':'/id-in','rlk':['/id-in/cse-in/pumps']}");
  }

  private TestCse.Answer register(String from, String attributes) {
    return cse.open(from).create("cse-in", AE, attributes);
  }

  private void assertRefusal(
      Refusal inRelease3, Refusal inEarlierReleases, String from, String attributes) {
    assertRefused(inRelease3, () -> register(from, attributes));
    for (ReleaseVersion earlier :
        new ReleaseVersion[] {
          ReleaseVersion.RELEASE_1, ReleaseVersion.RELEASE_2, ReleaseVersion.RELEASE_2A
        }) {
      TestCse.Party ae = cse.open(from);
      assertRefused(
          inEarlierReleases,
          () ->
              ae.send(
                  ae.request(Operation.CREATE, "cse-in", AE, attributes).releaseVersion(earlier)));
    }
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/CRE/001_CAE: a pre-provisioned C-AE-ID-Stem in From is kept")
  void preProvisionedByTheCse() {
    allow("'Npump'", "'Cpump'");

    assertThat(register("Cpump", PUMP).text("aei")).isEqualTo("Cpump");
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/CRE/001_SAE: a pre-provisioned S-AE-ID-Stem in From is kept")
  void preProvisionedByTheProvider() {
    allow("'Npump'", "'S1*'");

    assertThat(register("S17", PUMP).text("aei")).isEqualTo("S17");
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/CRE/011: From C gets a stem that the rule lets start so")
  void assignedByTheCse() {
    allow("'Npump'", "'C12*'");

    assertThat(register("C", PUMP).text("aei")).matches("C12[a-z2-7]{26}");
    assertRefused(Refusal.APP_RULE_FAILED, () -> register("S", PUMP));
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/CRE/022: without From the provider chooses among what is allowed")
  void assignedByPolicy() {
    allow("'Npump'", "'S*'");

    assertThat(register("", PUMP).text("aei")).matches("S[a-z2-7]{26}");
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/CRE/004: a stem that no rule allows: 4126, before Release 3 4107")
  void stemNotAllowed() {
    allow("'Npump'", "'Cpump'");

    assertRefusal(Refusal.APP_RULE_FAILED, Refusal.APP_RULE_FAILED_EARLIER_RELEASE, "Cother", PUMP);
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/CRE/016: an App-ID that no rule allows: 4126, else 4107")
  void appIdNotAllowed() {
    allow("'Npump'", "'Cpump'");

    assertRefusal(Refusal.APP_RULE_FAILED, Refusal.APP_RULE_FAILED_EARLIER_RELEASE, "Cpump", OTHER);
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/CRE/023: a stem that is in use: 4117, before Release 3 4105")
  void alreadyRegistered() {
    allow("'Npump'", "'Cpump'");
    register("Cpump", PUMP);

    assertRefusal(
        Refusal.ALREADY_REGISTERED, Refusal.ALREADY_REGISTERED_EARLIER_RELEASE, "Cpump", PUMP);
    assertRefused(Refusal.ALREADY_REGISTERED, () -> register("C", PUMP));
  }

  @Test
  @DisplayName("TS-0004 7.3.2.7: no <serviceSubscribedNode> of this CSE: 4128, else 4107")
  void noNodeOfThisCse() {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");

    assertRefusal(
        Refusal.NO_SERVICE_SUBSCRIPTION,
        Refusal.NO_SERVICE_SUBSCRIPTION_EARLIER_RELEASE,
        "Cpump",
        PUMP);
    operator.create("cse-in/contract", SVSN, "{'ni':'1','csi':'/asn-1','rlk':[]}");
    operator.create("cse-in/contract", SVSN, "{'ni':'2','csi':'//x.example.org/id-in'}");
    assertRefused(Refusal.NO_SERVICE_SUBSCRIPTION, () -> register("Cpump", PUMP));
  }

  @Test
  @DisplayName("TS-0001 9.6.20: ruleLinks empty, absent or dead: nobody registers, 4126, else 4107")
  void noRule() {
    allow("'*'", "'*'");
    String node = node();

    operator.update(node, SVSN, "{'rlk':[]}");
    assertRefusal(Refusal.APP_RULE_FAILED, Refusal.APP_RULE_FAILED_EARLIER_RELEASE, "Cpump", PUMP);
    operator.update(node, SVSN, "{'rlk':null}");
    assertRefused(Refusal.APP_RULE_FAILED, () -> register("Cpump", PUMP));
    operator.update(node, SVSN, "{'rlk':['cse-in/gone','/asn-1/pumps','cse-in/contract']}");
    assertRefused(Refusal.APP_RULE_FAILED, () -> register("Cpump", PUMP));
    operator.update(node, SVSN, "{'rlk':['cse-in/gone','-/pumps']}");
    assertThat(register("Cpump", PUMP).status()).isEqualTo(2001);
  }

  @Test
  @DisplayName("TS-0001 9.6.29: with applicableCredIDs nobody registers outside an association")
  void credentialWanted() {
    allow("'*'", "'*'");
    operator.update("cse-in/pumps", ASAR, "{'apci':['*']}");

    assertRefused(Refusal.APP_RULE_FAILED, () -> register("Cpump", PUMP));
  }

  @Test
  @DisplayName(
      "TS-0001 10.2.2.2 step 003: in an association its Credential-ID has to be in the rule")
  void credential() {
    allow("'Npump'", "'Spump'");
    TestCse.Party ae = cse.associatedAe("/Spump");

    assertRefused(Refusal.APP_RULE_FAILED, () -> ae.create("cse-in", AE, PUMP));
    operator.update("cse-in/pumps", ASAR, "{'apci':['12-*','11-0*@maf.example.org']}");
    assertRefused(Refusal.APP_RULE_FAILED, () -> ae.create("cse-in", AE, PUMP));
    operator.update("cse-in/pumps", ASAR, "{'apci':['11-0*@maf.sp.example.org']}");
    assertRefused(Refusal.APP_RULE_FAILED, () -> ae.create("cse-in", AE, OTHER));
    assertThat(ae.create("cse-in", AE, PUMP).text("aei")).isEqualTo("Spump");
    assertRefused(
        Refusal.APP_RULE_FAILED, () -> cse.associatedAe("/Sother").create("cse-in", AE, PUMP));
  }

  @Test
  @DisplayName("TS-0004 7.3.2.1: outside an association no enrolled AE's stem is given or assigned")
  void stemOfAnAssociation() {
    allow("'Npump'", "'Spump'");
    cse.enrolled("/Spump", "");

    assertRefused(Refusal.ASSOCIATION_REQUIRED, () -> register("Spump", PUMP));
    assertRefused(Refusal.ASSOCIATION_REQUIRED, () -> register("S", PUMP));
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2: the rules of all profiles with this CSE count together")
  void severalProfiles() {
    allow("'Npump'", "'*'");
    operator.create("cse-in", MSSP, "{'rn':'other'}");
    operator.create("cse-in", ASAR, "{'rn':'others','aai':['Nother'],'aae':['C*']}");
    operator.create("cse-in/other", SVSN, "{'ni':'2','csi':'/id-in','rlk':['cse-in/others']}");

    assertThat(register("Cpump", PUMP).status()).isEqualTo(2001);
    assertThat(register("Cother", OTHER).status()).isEqualTo(2001);
  }

  @Test
  @DisplayName("What is registered stays; the next registration is held against the new rules")
  void changedRules() {
    allow("'Npump'", "'Cpump'");
    register("Cpump", PUMP);

    operator.delete("cse-in/pumps");

    assertThat(cse.open("Cpump").retrieve("Cpump").status()).isEqualTo(2000);
    cse.open("Cpump").delete("Cpump");
    assertRefused(Refusal.APP_RULE_FAILED, () -> register("Cpump", PUMP));
    operator.delete("cse-in/contract");
    assertThat(register("Cpump", PUMP).status()).isEqualTo(2001);
  }

  @Test
  @DisplayName(
      "The audit log has what was decided by, of a registration and of each state of rules")
  void audited() {
    allow("'Npump'", "'Cpump'");
    register("Cpump", PUMP);

    AuditRecord registered = latest();
    assertThat(registered.action()).isEqualTo("AE_REGISTERED");
    assertThat(registered.detail().text("reason")).contains("cse-in/pumps allows it");
    assertThat(registered.detail().text("api")).contains("Npump");
    operator.update("cse-in/pumps", ASAR, "{'aae':['S*']}");
    assertThat(latest().action()).isEqualTo("SERVICE_SUBSCRIPTION_CHANGED");
    assertThat(latest().detail().texts("aae")).containsExactly("S*");
    assertThat(latest().detail().texts("aai")).containsExactly("Npump");
  }

  @Test
  @DisplayName("A refusal tells the AE what to do, and the log which element was against it")
  void refusal() {
    allow("'Npump'", "'Cpump'");

    RegistrationRefusedException refused =
        catchThrowableOfType(RegistrationRefusedException.class, () -> register("Cpump", OTHER));

    assertThat(refused).hasMessageContaining("rules").hasMessageNotContaining("Npump");
    Attributes detail = refused.detail();
    assertThat(detail.text("reason"))
        .contains("cse-in/pumps: allowedApp-IDs (aai): Nother matches none of Npump");
    assertThat(detail.whole("rsc")).hasValue(4126);
    assertThat(detail.text("release")).contains("3");
  }

  private String node() {
    return cse.read(
        tx ->
            tx.resources()
                .newest(tx.resources().byPath("cse-in/contract").orElseThrow().id(), SVSN)
                .orElseThrow()
                .path());
  }

  private AuditRecord latest() {
    return cse.read(tx -> tx.auditLog().latest(1).get(0));
  }
}
