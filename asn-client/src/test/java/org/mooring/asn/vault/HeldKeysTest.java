// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;

class HeldKeysTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final KeyIdentifier PARENT = KeyIdentifier.parse("kpm@mef.sp.example.org");
  private static final TentativeKey KE =
      new TentativeKey(
          KeyIdentifier.parse("ke@mef.sp.example.org"),
          SecretKeyBytes.random(),
          PARENT,
          "rqi-1",
          false);

  private static HeldKey confirmed() {
    return KE.confirmed(new Lease(NOW.plus(Duration.ofDays(1)), NOW));
  }

  @Test
  void aConfirmedKeyMakesWhatWasTentativeOrFailedHistory() {
    HeldKeys keys =
        HeldKeys.NONE
            .withTentative(Rung.ENROLMENT, KE)
            .withFailures(Rung.ENROLMENT, 2)
            .withFailures(Rung.MAF, 1)
            .with(Rung.ENROLMENT, confirmed());

    assertThat(keys.of(Rung.ENROLMENT)).contains(confirmed());
    assertThat(keys.tentative(Rung.ENROLMENT)).isEmpty();
    assertThat(keys.failures(Rung.ENROLMENT)).isZero();
    assertThat(keys.failures(Rung.MAF)).as("of another rung").isEqualTo(1);
  }

  @Test
  void aTentativeKeyThatWasRefusedIsKeptWithoutHope() {
    HeldKeys tentative = HeldKeys.NONE.withTentative(Rung.ENROLMENT, KE);

    HeldKeys refused = tentative.refused(Rung.ENROLMENT);

    assertThat(tentative.hopeful(Rung.ENROLMENT)).contains(KE);
    assertThat(refused.hopeful(Rung.ENROLMENT)).isEmpty();
    assertThat(refused.tentative(Rung.ENROLMENT)).contains(KE.asRefused());
    assertThat(refused.refused(Rung.MAF)).as("a rung without one").isSameAs(refused);
  }

  @Test
  void aRungIsUsableWhileItsKeyLivesAndWasNotLost() {
    HeldKeys keys = HeldKeys.NONE.with(Rung.ENROLMENT, confirmed());
    HeldKeys lost =
        keys.withFailures(Rung.ENROLMENT, HeldKeys.FAILURES_TO_LOSE_A_RUNG)
            .withFailures(Rung.BOOTSTRAP, 1);

    assertThat(keys.isUsable(Rung.ENROLMENT, NOW)).isTrue();
    assertThat(keys.isUsable(Rung.ENROLMENT, NOW.plus(Duration.ofDays(1)))).isFalse();
    assertThat(keys.isUsable(Rung.MAF, NOW)).isFalse();
    assertThat(lost.isUsable(Rung.ENROLMENT, NOW)).isFalse();
    assertThat(lost.withoutFailures().isUsable(Rung.ENROLMENT, NOW)).isTrue();
    assertThat(lost.withoutFailures().failures(Rung.BOOTSTRAP)).isZero();
  }

  @Test
  void theConfirmedAndTheTentativeKeyOfARungGoApart() {
    HeldKeys both =
        HeldKeys.NONE.with(Rung.ENROLMENT, confirmed()).withTentative(Rung.ENROLMENT, KE);

    assertThat(both.without(Rung.ENROLMENT).of(Rung.ENROLMENT)).isEmpty();
    assertThat(both.without(Rung.ENROLMENT).tentative(Rung.ENROLMENT)).contains(KE);
    assertThat(both.withoutTentative(Rung.ENROLMENT).of(Rung.ENROLMENT)).contains(confirmed());
    assertThat(both.withoutTentative(Rung.ENROLMENT).tentative(Rung.ENROLMENT)).isEmpty();
  }
}
