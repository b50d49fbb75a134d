// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.in.trust.TrustScenario.START;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.credential.Credential;
import org.mooring.in.dns.PublicName;
import org.mooring.in.trust.TestSession;
import org.mooring.in.trust.TrustScenario;

/** What goes with an enrolee that is revoked. */
class EnroleeRevocationTest {
  private static final KeyIdentifier PUMP = KeyIdentifier.parse("pump-1@mef.sp.example.org");

  @TempDir Path folder;
  private TrustScenario scenario;

  @BeforeEach
  void open() {
    scenario = TrustScenario.givenProvider(folder);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void aCertificateIsKnownToEachFunctionUntilItsEnroleeIsRevoked() {
    Enrolee enrolee = scenario.withEnrolee(n -> n.factoryKey(FactoryKey.CERTIFICATE));
    String relative = enrolee.id().relative();

    for (String function : List.of("mef", "maf", "id-in")) {
      KeyIdentifier id = KeyIdentifier.parse(relative + "@" + function + ".sp.example.org");
      assertThat(scenario.credential(id)).returns(enrolee.id(), Credential::parent);
    }
    scenario.does(tx -> scenario.enrolees().revoke(tx, enrolee.id(), "sold", "test"));
    for (String function : List.of("mef", "maf", "id-in")) {
      KeyIdentifier id = KeyIdentifier.parse(relative + "@" + function + ".sp.example.org");
      assertThat(scenario.credential(id)).returns(Credential.Status.REVOKED, Credential::status);
    }
  }

  @Test
  void revocationTakesEverythingThatBootstrappingLedTo() {
    scenario.withEnrolee(n -> n.id(PUMP));
    TestSession mef = scenario.session(PUMP);
    mef.registers();
    TestSession maf = scenario.session(mef.identity(mef.registersKey(21)));
    KeyIdentifier kmId = KeyIdentifier.parse(maf.registers().text("aski"));
    KeyIdentifier kc = maf.identity(maf.registersKey(32));
    KeyIdentifier forPrimitives =
        maf.identity(maf.registersKey(33, c -> c.put("kv", new byte[32])));
    TestSession again = scenario.session(PUMP);

    Enrolee revoked =
        scenario.does(tx -> scenario.enrolees().revoke(tx, PUMP, "stolen", "admin").orElseThrow());

    assertThat(revoked.standing()).isEqualTo(new Enrolee.Standing.Revoked(START, "stolen"));
    for (KeyIdentifier identity : List.of(PUMP, maf.principal().credential(), kmId, kc)) {
      assertThat(scenario.statusOf(identity)).isEqualTo(Credential.Status.REVOKED);
      assertThat(scenario.endedSessions()).contains(identity);
      assertThat(scenario.<Boolean>does(tx -> tx.credentials().key(identity).isEmpty())).isTrue();
      assertThat(scenario.<Boolean>does(tx -> tx.keyRegistrations().key(identity).isEmpty()))
          .isTrue();
    }
    assertThat(scenario.<Boolean>does(tx -> tx.keyRegistrations().key(forPrimitives).isEmpty()))
        .isTrue();
    again.registers().isRefusedWith(Refusal.CREDENTIAL_ENDED, 4107, 403);
    maf.registersKey(32).isRefusedWith(Refusal.CREDENTIAL_ENDED, 4107, 403);
    assertThatThrownBy(() -> scenario.withEnrolee(n -> n.id(PUMP)))
        .isInstanceOf(InvalidEnroleeException.class)
        .hasMessageStartingWith("kpmId:");
  }

  @Test
  void revocationReachesWhatADeregisteredKeyLedTo() {
    scenario.withEnrolee(n -> n.id(PUMP));
    TestSession mef = scenario.session(PUMP);
    mef.registers();
    String ke = mef.registersKey(21).id();
    TestSession maf = scenario.session(KeyIdentifier.parse(ke + "@mef.sp.example.org"));
    KeyIdentifier kmId = KeyIdentifier.parse(maf.registers().text("aski"));
    String kc = scenario.session(kmId).registersKey(32).id();
    KeyIdentifier kcId = KeyIdentifier.parse(kc + "@maf.sp.example.org");
    mef.deletes(ke).succeedsWith(2002);
    assertThat(scenario.statusOf(kmId)).isEqualTo(Credential.Status.REMOVED);
    assertThat(scenario.credential(kcId).opensHandshakeAt(START)).isTrue();
    scenario.does(tx -> scenario.enrolees().revoke(tx, PUMP, "stolen", "admin"));
    assertThat(scenario.statusOf(kcId)).isEqualTo(Credential.Status.REVOKED);
  }

  @Test
  void aSecondRevocationChangesNothing() {
    scenario.withEnrolee(n -> n.id(PUMP));
    scenario.does(tx -> scenario.enrolees().revoke(tx, PUMP, "first", "admin"));
    long entries = scenario.auditEntries();
    Enrolee again =
        scenario.does(tx -> scenario.enrolees().revoke(tx, PUMP, "second", "admin").orElseThrow());
    assertThat(again.standing()).isEqualTo(new Enrolee.Standing.Revoked(START, "first"));
    assertThat(scenario.auditEntries()).isEqualTo(entries);
  }

  /** TS-0001 clause 6.5.3: nobody of another domain is to reach it any longer. */
  @Test
  void aRevokedCseHasNoPublicDomainName() {
    Enrolee enrolee = scenario.withEnrolee(n -> n.entity(new CseId("/pump")));
    assertThat(untold(enrolee)).containsExactly(true);

    Optional<Enrolee> retired =
        scenario.does(tx -> scenario.enrolees().retire(tx, enrolee.id(), "old", "admin"));
    assertThat(retired).isPresent();
    assertThat(untold()).isEmpty();

    Optional<Enrolee> revoked =
        scenario.does(tx -> scenario.enrolees().revoke(tx, enrolee.id(), "lost", "admin"));
    assertThat(revoked).isPresent();
    assertThat(untold()).containsExactly(false);
  }

  private List<Boolean> untold(Enrolee registered) {
    return scenario.does(
        tx -> {
          tx.publicNames().offer((CseId) registered.entity());
          return told(tx);
        });
  }

  private List<Boolean> untold() {
    return scenario.does(EnroleeRevocationTest::told);
  }

  private static List<Boolean> told(EnroleeStore tx) {
    List<PublicName> names = tx.publicNames().take(10, START.plusSeconds(60));
    names.forEach(name -> tx.publicNames().settle(name, START.plus(Duration.ofDays(1))));
    return names.stream().map(PublicName::isWanted).toList();
  }
}
