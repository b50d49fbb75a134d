// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mooring.asn.vault.BootstrapCertificate;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.FactoryCredentials;
import org.mooring.asn.vault.FactoryCredentials.Verdict;
import org.mooring.asn.vault.HeldCertificates;
import org.mooring.asn.vault.HeldKeys;
import org.mooring.asn.vault.IssuedCertificate;
import org.mooring.asn.vault.Lease;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.SampleState;
import org.mooring.common.resource.MethodOffer;

/** What a node says of its methods. */
class OfferedMethodsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final FactoryCredential KPM = SampleState.full().factory();
  private static final FactoryCredentials BOTH =
      FactoryCredentials.of(List.of(SampleState.certificate(), KPM));

  private static List<String> offer(NodeState state, Rung opener) {
    return OfferedMethods.of(state, opener, NOW).map(MethodOffer::labels).orElse(List.of());
  }

  private static HeldCertificates issued(Duration lifetime) {
    BootstrapCertificate given = SampleState.certificate();
    return HeldCertificates.NONE
        .issued(
            new IssuedCertificate(
                given.key(),
                given.chain(),
                given.trusted(),
                Lease.granted(NOW, NOW.plus(lifetime), 0.5),
                false))
        .confirmed();
  }

  @Test
  void oneMethodIsNoOffer() {
    assertThat(offer(NodeState.factory(KPM), Rung.BOOTSTRAP)).isEmpty();
  }

  @Test
  void theCredentialThatOpenedTheSessionIsNotRefused() {
    NodeState around =
        NodeState.factory(
            BOTH.passedOver(Verdict.REFUSED, "alert").passedOver(Verdict.REFUSED, "alert"));

    assertThat(offer(around, Rung.BOOTSTRAP))
        .containsExactly("enrolment-method:1:certificate", "enrolment-method:2:psk:refused");
  }

  @Test
  void whatTheMefBarredIsNotSaidToBeRefused() {
    assertThat(offer(NodeState.factory(BOTH.passedOver(Verdict.BARRED, "4107")), Rung.BOOTSTRAP))
        .containsExactly("enrolment-method:1:certificate", "enrolment-method:2:psk");
  }

  @Test
  void whatTheNodeCanNotShowNowIsNoMethod() {
    assertThat(offer(NodeState.factory(BOTH.passedOver(Verdict.ABSENT, "no card")), Rung.BOOTSTRAP))
        .isEmpty();
  }

  @Test
  void anIssuedCertificateCountsAsCertificate() {
    NodeState state =
        NodeState.factory(KPM).toBuilder().certificates(issued(Duration.ofDays(1))).build();

    assertThat(offer(state, Rung.CERTIFICATE))
        .containsExactly("enrolment-method:1:certificate", "enrolment-method:2:psk");
    assertThat(
            offer(
                state.toBuilder()
                    .failures(Rung.CERTIFICATE, HeldKeys.FAILURES_TO_LOSE_A_RUNG)
                    .build(),
                Rung.BOOTSTRAP))
        .containsExactly("enrolment-method:1:certificate:refused", "enrolment-method:2:psk");
  }

  @Test
  void oneThatEndedIsNoMethod() {
    NodeState state =
        NodeState.factory(KPM).toBuilder().certificates(issued(Duration.ofSeconds(-1))).build();

    assertThat(offer(state, Rung.BOOTSTRAP)).isEmpty();
  }

  @Test
  void aMethodIsRefusedOnlyIfAllItsCredentialsWere() {
    NodeState state =
        NodeState.factory(BOTH.passedOver(Verdict.REFUSED, "alert")).toBuilder()
            .certificates(issued(Duration.ofDays(1)))
            .build();

    assertThat(offer(state, Rung.CERTIFICATE))
        .containsExactly("enrolment-method:1:certificate", "enrolment-method:2:psk");
  }
}
