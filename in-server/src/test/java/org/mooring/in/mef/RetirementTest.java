// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.trust.TrustScenario.START;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.audit.AuditRecord;
import org.mooring.in.credential.Credential.Status;
import org.mooring.in.trust.TestSession;
import org.mooring.in.trust.TrustScenario;

/** Retired in good order: no new bootstrapping, and all else to its own end. */
class RetirementTest {
  private static final KeyIdentifier PUMP = KeyIdentifier.parse("pump-1@mef.sp.example.org");

  @TempDir Path folder;
  private TrustScenario scenario;
  private TestSession mef;
  private TestSession maf;
  private KeyIdentifier ke;
  private KeyIdentifier km;

  @BeforeEach
  void aNodeIsEnrolled() {
    scenario = TrustScenario.givenProvider(folder);
    scenario.withEnrolee(node -> node.id(PUMP));
    mef = scenario.session(PUMP);
    mef.registers();
    ke = mef.identity(mef.registersKey(21));
    maf = scenario.session(ke);
    km = KeyIdentifier.parse(maf.registers().text("aski"));
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  private Enrolee retire(String reason) {
    return scenario.does(tx -> scenario.enrolees().retire(tx, PUMP, reason, "admin").orElseThrow());
  }

  private Enrolee revoke(String reason) {
    return scenario.does(tx -> scenario.enrolees().revoke(tx, PUMP, reason, "admin").orElseThrow());
  }

  private boolean opens(KeyIdentifier identity) {
    return scenario.credential(identity).opensHandshakeAt(scenario.now());
  }

  private List<String> audited(KeyIdentifier subject) {
    return scenario.<List<AuditRecord>>does(tx -> tx.auditLog().latest(100)).stream()
        .filter(entry -> entry.subject().equals(subject.toString()))
        .map(AuditRecord::action)
        .toList();
  }

  @Test
  void aRetiredEnroleeEnrolsNoMoreAndLosesNothingElse() {
    Enrolee retired = retire("replaced");

    assertThat(retired.standing()).isEqualTo(new Enrolee.Standing.Retired(START, "replaced"));
    assertThat(scenario.<Enrolee>does(tx -> tx.enrolees().find(PUMP).orElseThrow()))
        .isEqualTo(retired);
    assertThat(opens(PUMP)).isFalse();
    assertThat(scenario.endedSessions()).isEmpty();
    mef.registersKey(21).isRefusedWith(Refusal.NEW_HANDSHAKE_NEEDED, 4107, 403);
    assertThat(opens(ke)).isTrue();
    TestSession association = scenario.session(km);
    association.registersKey(32).succeedsWith(2001);
    assertThat(audited(PUMP))
        .endsWith("ENROLEE_RETIRED", "CREDENTIAL_RETIRED")
        .doesNotContain("ENROLEE_REVOKED");
  }

  @Test
  void aRetiredEnroleeMayStillBeRevokedWithAllThatItLedTo() {
    retire("replaced");

    Enrolee revoked = revoke("found open");

    assertThat(revoked.standing()).isEqualTo(new Enrolee.Standing.Revoked(START, "found open"));
    for (KeyIdentifier identity : List.of(PUMP, ke, km)) {
      assertThat(scenario.statusOf(identity)).isEqualTo(Status.REVOKED);
      assertThat(scenario.endedSessions()).contains(identity);
    }
    assertThat(scenario.<Boolean>does(tx -> tx.credentials().key(PUMP).isEmpty())).isTrue();
  }

  @Test
  void aRetirementNeverSoftensARevocationNorReplacesAnother() {
    Enrolee first = retire("first");
    long entries = scenario.auditEntries();
    assertThat(retire("second")).isEqualTo(first);
    assertThat(scenario.auditEntries()).isEqualTo(entries);

    Enrolee revoked = revoke("stolen");
    entries = scenario.auditEntries();
    assertThat(retire("third")).isEqualTo(revoked);
    assertThat(scenario.auditEntries()).isEqualTo(entries);
    assertThat(scenario.statusOf(PUMP)).isEqualTo(Status.REVOKED);
  }

  @Test
  void aRetiredKeyOpensNothingAndWhatItLedToLivesOn() {
    KeyIdentifier kc = maf.identity(maf.registersKey(32));

    scenario.does(
        tx -> {
          scenario.generations().retire(tx, km, "rotated", "admin");
          return true;
        });

    assertThat(opens(km)).isFalse();
    assertThat(opens(kc)).isTrue();
    assertThat(scenario.endedSessions()).isEmpty();
    assertThat(audited(km)).containsOnlyOnce("CREDENTIAL_RETIRED");
  }

  @Test
  void aRevokedKeyStaysRevokedWhereItIsRetired() {
    scenario.does(
        tx -> {
          scenario.generations().revoke(tx, km, "leaked", "admin");
          scenario.generations().retire(tx, km, "rotated", "admin");
          return true;
        });

    assertThat(scenario.statusOf(km)).isEqualTo(Status.REVOKED);
    assertThat(audited(km)).doesNotContain("CREDENTIAL_RETIRED");
  }
}
