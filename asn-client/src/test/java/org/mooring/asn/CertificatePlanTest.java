// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.CertificateKey;
import org.mooring.asn.vault.HeldCertificates;
import org.mooring.asn.vault.IssuedCertificate;
import org.mooring.asn.vault.Lease;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.dtls.HandshakeFailedException;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;

/** With what a node goes to the MEF: its newest certificate, and never with nothing. */
class CertificatePlanTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final KeyIdentifier KPM_ID = KeyIdentifier.parse("kpm@mef.sp.example.org");
  private static final NodeState FACTORY = factory(SecretKeyBytes.random());
  private static final HandshakeFailedException ALERT =
      new HandshakeFailedException(Stage.REFUSED, "refused");

  private static final LifePlan.Move BY_KPM =
      new LifePlan.Move(LifeStep.ENROL, Rung.BOOTSTRAP, false);
  private static final LifePlan.Move BY_CERTIFICATE =
      new LifePlan.Move(LifeStep.ENROL, Rung.CERTIFICATE, false);
  private static final LifePlan.Move BY_NEXT_CERTIFICATE =
      new LifePlan.Move(LifeStep.ENROL, Rung.CERTIFICATE, true);

  private static NodeState factory(SecretKeyBytes kpm) {
    return NodeState.factory(
        new BootstrapCredential(KPM_ID, kpm, FakeProvider.MEF, "127.0.0.1", 5684));
  }

  private static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(CertificatePlanTest.class.getResource("vault/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static IssuedCertificate certificate(Duration lifetime) {
    return new IssuedCertificate(
        CertificateKeys.encode(CertificateFiles.privateKey(file("node.key"))),
        CertificateFiles.certificates(file("node.crt")),
        CertificateFiles.certificates(file("ca.crt")),
        Lease.granted(NOW, NOW.plus(lifetime), 0.5),
        false);
  }

  private static NodeState with(HeldCertificates certificates) {
    return FACTORY.toBuilder().certificates(certificates).build();
  }

  private static LifePlan.Move enrolment(NodeState state) {
    return LifePlan.atMef(state, NOW, LifeStep.ENROL);
  }

  @Test
  void aNewCertificateIsTakenFirst() {
    NodeState state = with(HeldCertificates.NONE.issued(certificate(Duration.ofDays(1))));

    assertThat(enrolment(FACTORY)).isEqualTo(BY_KPM);
    assertThat(enrolment(state)).isEqualTo(BY_NEXT_CERTIFICATE);
  }

  @Test
  void oneThatWasUsedOnceReplacesTheOneBefore() {
    IssuedCertificate first = certificate(Duration.ofDays(1));
    IssuedCertificate second = certificate(Duration.ofDays(2));
    HeldCertificates both = HeldCertificates.NONE.issued(first).confirmed().issued(second);

    assertThat(both.current()).contains(first);
    assertThat(both.newest()).contains(second);
    assertThat(both.confirmed().current()).contains(second);
    assertThat(both.confirmed().next()).isEmpty();
    assertThat(enrolment(with(both.confirmed()))).isEqualTo(BY_CERTIFICATE);
  }

  @Test
  void oneThatTheMefRefusesLeavesTheOneBeforeInUse() {
    HeldCertificates both =
        HeldCertificates.NONE
            .issued(certificate(Duration.ofDays(1)))
            .confirmed()
            .issued(certificate(Duration.ofDays(2)));

    NodeState after = Setbacks.after(with(both), BY_NEXT_CERTIFICATE, ALERT, false);

    assertThat(enrolment(after)).isEqualTo(BY_CERTIFICATE);
    assertThat(after.certificates().newest()).isEqualTo(both.current());
  }

  @Test
  void aFirstOneThatTheMefRefusesLeavesTheKpm() {
    NodeState state = with(HeldCertificates.NONE.issued(certificate(Duration.ofDays(1))));

    assertThat(enrolment(Setbacks.after(state, BY_NEXT_CERTIFICATE, ALERT, false)))
        .isEqualTo(BY_KPM);
  }

  @Test
  void silenceCostsNothing() {
    NodeState state = with(HeldCertificates.NONE.issued(certificate(Duration.ofDays(1))));
    HandshakeFailedException silence = new HandshakeFailedException(Stage.NO_ANSWER, "away");

    assertThat(enrolment(Setbacks.after(state, BY_NEXT_CERTIFICATE, silence, false)))
        .isEqualTo(BY_NEXT_CERTIFICATE);
  }

  @Test
  void oneInUseIsPassedOverAfterThreeFailuresUntilTheKpmFailsToo() {
    NodeState state =
        with(HeldCertificates.NONE.issued(certificate(Duration.ofDays(1))).confirmed());
    for (int i = 0; i < 3; i++) {
      assertThat(enrolment(state)).isEqualTo(BY_CERTIFICATE);
      state = Setbacks.after(state, BY_CERTIFICATE, ALERT, false);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(enrolment(state)).isEqualTo(BY_KPM);
      state = Setbacks.after(state, BY_KPM, ALERT, false);
    }
    assertThat(enrolment(state)).isEqualTo(BY_CERTIFICATE);
  }

  @Test
  void oneThatEndedIsNotShown() {
    IssuedCertificate ended = certificate(Duration.ofSeconds(-1));

    assertThat(enrolment(with(HeldCertificates.NONE.issued(ended)))).isEqualTo(BY_KPM);
    assertThat(enrolment(with(HeldCertificates.NONE.issued(ended).confirmed()))).isEqualTo(BY_KPM);
  }

  @Test
  void renewalIsDueInTheLastThird() {
    NodeState state =
        with(HeldCertificates.NONE.issued(certificate(Duration.ofDays(10))).confirmed());

    assertThat(LifePlan.restUntil(state))
        .isBetween(NOW.plus(Duration.ofDays(7)), NOW.plus(Duration.ofDays(9)));
  }

  @Test
  void anotherFactoryCredentialEndsThem() {
    NodeState state =
        with(
            HeldCertificates.NONE
                .issued(certificate(Duration.ofDays(1)))
                .confirmed()
                .requesting(new CertificateKey(SecretKeyBytes.random(), new byte[] {1})));

    NodeState moved =
        state.toBuilder().factory(state.factory().reachedAt("elsewhere.example.org", 1)).build();
    NodeState other = state.toBuilder().factory(factory(SecretKeyBytes.random()).factory()).build();

    assertThat(moved.certificates().current()).isPresent();
    assertThat(moved.certificates().requested()).isPresent();
    assertThat(other.certificates().current()).isEmpty();
    assertThat(other.certificates().requested()).isEmpty();
  }
}
