// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.in.trust.TrustScenario.START;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mooring.common.gba.Impi;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.SpId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Credential.Status;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.trust.TestSession;

/** A node with several credentials from the factory is one enrolee. */
class EnroleeCredentialsTest extends EnroleeCredentialsBench {
  private boolean opens(KeyIdentifier identity) {
    return scenario.credential(identity).opensHandshakeAt(scenario.now());
  }

  private static KeyIdentifier at(String function, KeyIdentifier certificate) {
    return KeyIdentifier.parse(certificate.relative() + "@" + function + ".sp.example.org");
  }

  @Test
  void eachOpensSessionsOfTheSameClient() {
    KeyIdentifier certificate = withCertificate();
    KeyIdentifier publicKey = withPublicKey();

    assertThat(fromFactory()).containsExactly(PUMP, certificate, publicKey);
    for (KeyIdentifier id : fromFactory()) {
      assertThat(scenario.session(id).principal().client())
          .isEqualTo(new CseId("//sp.example.org/pump-1"));
      assertThat(scenario.<Optional<Enrolee>>does(tx -> tx.enrolees().find(id))).contains(pump);
    }
    assertThat(audited(certificate)).containsExactly("ENROLEE_CREDENTIAL_ADDED");
  }

  @Test
  void anEnrolmentKeyUnderAnyOfThemIsTheNextGeneration() {
    KeyIdentifier publicKey = withPublicKey();
    TestSession byKpm = scenario.session(PUMP);
    byKpm.registers();
    KeyIdentifier first = byKpm.identity(byKpm.registersKey(21));
    scenario.accepts(first);

    TestSession byKey = scenario.session(publicKey);
    byKey.registers();
    KeyIdentifier second = byKey.identity(byKey.registersKey(21));
    scenario.accepts(second);

    assertThat(scenario.statusOf(first)).isEqualTo(Status.SUPERSEDED);
    assertThat(scenario.statusOf(second)).isEqualTo(Status.CURRENT);
  }

  @Test
  void aFurtherKpmIsMadeAndToldOnce() {
    Enrolees.Added added = add(c -> c);

    assertThat(added.key())
        .isInstanceOfSatisfying(
            Enrolees.Key.Generated.class,
            key ->
                assertThat(
                        scenario.<SecretKeyBytes>does(
                            tx -> tx.credentials().key(added.credential().id()).orElseThrow()))
                    .isEqualTo(key.octets()));
    assertThat(added.enrolee()).isEqualTo(pump);
  }

  @Test
  void preProvisionedKeysStandAlone() {
    assertInvalid("stands alone", c -> c.factoryKey(FactoryKey.KM));
    assertInvalid("stands alone", c -> c.factoryKey(FactoryKey.KPSA));
    KeyIdentifier km = scenario.withEnrolee(node -> node.factoryKey(FactoryKey.KM)).id();
    assertThatThrownBy(
            () ->
                scenario.does(
                    tx ->
                        scenario
                            .enrolees()
                            .credentials()
                            .add(tx, km, NewCredential.builder().build(), "admin")))
        .isInstanceOf(InvalidEnroleeException.class)
        .hasMessageContaining("add the node anew");
  }

  @Test
  void theRulesOfTheFirstCountForTheOthers() {
    withPublicKey();

    assertInvalid("kpmId: ", c -> c.id(PUMP));
    assertInvalid("kpmId: ", c -> c.id(KeyIdentifier.parse("a@mef.other.org")));
    assertInvalid("kpm: ", c -> c.key(SecretKeyBytes.copyOf(new byte[15])));
    assertInvalid("publicKeyId: ", c -> c.factoryKey(FactoryKey.PUBLIC_KEY).publicKey(KEY));
    assertInvalid("expires: ", c -> c.expiresAt(START));
  }

  @Test
  void theirNumberHasABound() {
    for (int i = 1; i < EnroleeCredentials.MOST; i++) {
      add(c -> c);
    }
    assertInvalid("has 8 credentials", c -> c);
  }

  @Test
  void oneIsTakenAwayWithItsSessionsAloneAndWhatItLedToGoesOn() {
    KeyIdentifier publicKey = withPublicKey();
    TestSession session = scenario.session(publicKey);
    session.registers();
    KeyIdentifier ke = session.identity(session.registersKey(21));

    Enrolee left = remove(publicKey);

    assertThat(left).isEqualTo(pump);
    assertThat(fromFactory()).containsExactly(PUMP);
    for (KeyIdentifier id : List.of(publicKey, at("maf", publicKey), at("id-in", publicKey))) {
      assertThat(scenario.statusOf(id)).isEqualTo(Status.REMOVED);
      assertThat(scenario.endedSessions()).contains(id);
    }
    assertThat(opens(ke)).isTrue();
    assertThat(opens(PUMP)).isTrue();
    assertThat(audited(publicKey)).contains("ENROLEE_CREDENTIAL_REMOVED");
    assertInvalid("was used before", c -> c.factoryKey(FactoryKey.PUBLIC_KEY).publicKey(KEY));
  }

  /** A certificate that was issued under it, or its Ks: else whoever has those stays in. */
  @ParameterizedTest
  @EnumSource(
      value = Credential.Kind.class,
      names = {"CERTIFICATE", "KS"})
  void whatProvesTheNodeAsWellGoesWithIt(Credential.Kind kind) {
    KeyIdentifier certificate = withCertificate();
    KeyIdentifier issued = KeyIdentifier.parse("34-" + "0".repeat(32) + "@mef.sp.example.org");
    Credential under =
        new Credential(
            issued,
            kind,
            FunctionRole.MEF,
            pump.entity().absolute(new SpId(new Fqdn("sp.example.org"))),
            PUMP,
            "issued",
            Status.CURRENT,
            M2mTimestamp.NEVER);
    scenario.does(
        tx -> {
          tx.credentials().add(under);
          return true;
        });

    remove(PUMP);

    assertThat(scenario.statusOf(issued)).isEqualTo(Status.REMOVED);
    assertThat(scenario.endedSessions()).contains(issued);
    assertThat(opens(certificate)).isTrue();
  }

  @Test
  void withoutItsFirstTheEnroleeIsKnownByTheNext() {
    KeyIdentifier certificate = withCertificate();
    KeyIdentifier publicKey = withPublicKey();

    Enrolee left = remove(PUMP);

    assertThat(left.id()).isEqualTo(certificate);
    assertThat(left.factoryKey()).isEqualTo(FactoryKey.CERTIFICATE);
    assertThat(left.fingerprint()).isEqualTo("pump-1.sp.example.org");
    assertThat(known()).isEqualTo(left);
    assertThat(fromFactory()).containsExactly(certificate, publicKey);
    assertThat(scenario.<Boolean>does(tx -> tx.enrolees().find(PUMP).isPresent())).isFalse();
  }

  @Test
  void theLastOneStays() {
    KeyIdentifier publicKey = withPublicKey();
    remove(publicKey);

    assertThatThrownBy(() -> remove(PUMP))
        .isInstanceOf(InvalidEnroleeException.class)
        .hasMessageContaining("is the last that the node can enrol with");
    assertThatThrownBy(() -> remove(publicKey))
        .isInstanceOf(InvalidEnroleeException.class)
        .hasMessageStartingWith("credential: name one");
  }

  @Test
  void oneThatEndedDoesNotCountAsAnother() {
    KeyIdentifier brief = add(c -> c.expiresAt(START.plusSeconds(60))).credential().id();
    scenario.pass(Duration.ofMinutes(1));

    assertThatThrownBy(() -> remove(PUMP)).isInstanceOf(InvalidEnroleeException.class);
    scenario.sweep();
    remove(brief);
    assertThat(fromFactory()).containsExactly(PUMP);
  }

  @Test
  void oneThatLeakedIsRevokedWithAllThatItLedTo() {
    KeyIdentifier certificate = withCertificate();
    TestSession byCertificate = scenario.session(certificate);
    byCertificate.registers();
    KeyIdentifier ofLeaked = byCertificate.identity(byCertificate.registersKey(21));
    scenario.accepts(ofLeaked);
    TestSession byKpm = scenario.session(PUMP);
    KeyIdentifier other = byKpm.identity(byKpm.registersKey(21));

    scenario.does(
        tx -> {
          scenario.enrolees().credentials().revoke(tx, certificate, "leaked", "admin");
          return true;
        });

    for (KeyIdentifier id :
        List.of(certificate, at("maf", certificate), at("id-in", certificate), ofLeaked)) {
      assertThat(scenario.statusOf(id)).isEqualTo(Status.REVOKED);
    }
    assertThat(opens(other)).isTrue();
    assertThat(known().isRevoked()).isFalse();
    assertThat(
            scenario.<Boolean>does(
                tx -> scenario.enrolees().credentials().isOneOfSeveral(tx, PUMP)))
        .as("the Kpm is the last by now")
        .isFalse();
  }

  @Test
  void revocationAndRetirementTakeThemAll() {
    KeyIdentifier certificate = withCertificate();
    KeyIdentifier usim = add(c -> c.factoryKey(FactoryKey.USIM)).credential().id();
    List<KeyIdentifier> all =
        List.of(PUMP, certificate, at("maf", certificate), at("id-in", certificate), usim);

    scenario.does(tx -> scenario.enrolees().retire(tx, usim, "replaced", "admin"));
    assertThat(all).allMatch(id -> scenario.statusOf(id) == Status.SUPERSEDED);
    assertInvalid("enrols no more", c -> c);

    scenario.does(tx -> scenario.enrolees().revoke(tx, certificate, "stolen", "admin"));
    assertThat(all).allMatch(id -> scenario.statusOf(id) == Status.REVOKED);
    assertThat(scenario.<Boolean>does(tx -> tx.subscribers().find(new Impi(usim)).isPresent()))
        .isFalse();
  }

  @Test
  void theSubscriptionEndsThemAllAndEachComesBackToItsOwnEnd() {
    KeyIdentifier certificate = withCertificate();
    KeyIdentifier brief = add(c -> c.expiresAt(START.plusSeconds(600))).credential().id();
    List<KeyIdentifier> all = List.of(PUMP, certificate, at("maf", certificate), brief);

    scenario.does(tx -> scenario.subscriptions().end(tx, certificate, "admin"));
    assertThat(all).noneMatch(this::opens);
    KeyIdentifier late = withPublicKey();
    assertThat(opens(late)).as("added after the end").isFalse();

    scenario.does(
        tx -> scenario.subscriptions().extend(tx, brief, START.plusSeconds(6000), "admin"));
    assertThat(all).allMatch(this::opens);
    assertThat(opens(late)).isTrue();
    assertThat(scenario.credential(certificate).expiresAt()).isEqualTo(START.plusSeconds(6000));
    assertThat(scenario.credential(brief).expiresAt()).isEqualTo(START.plusSeconds(600));
  }
}
