// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mooring.common.identifier.CseId;

/** Eight at once, then one an hour. */
class IssuanceQuotaTest {
  private static final CseId PUMP = new CseId("//sp.example.org/pump");
  private static final CseId VALVE = new CseId("//sp.example.org/valve");

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final IssuanceQuota quota = new IssuanceQuota(() -> now);

  private void take(CseId client, int count) {
    for (int i = 0; i < count; i++) {
      quota.take(client);
    }
  }

  private void refused(CseId client, Duration wait) {
    assertThatThrownBy(() -> quota.take(client))
        .isInstanceOfSatisfying(
            EstRefusedException.class,
            refused -> {
              assertThat(refused.refusal()).isEqualTo(EstRefusal.TOO_MANY);
              assertThat(refused.retryAfter()).isEqualTo(wait);
            });
  }

  @Test
  void theNinthHasToWaitAnHour() {
    take(PUMP, 8);

    refused(PUMP, Duration.ofHours(1));
    now = now.plus(Duration.ofMinutes(59));
    refused(PUMP, Duration.ofMinutes(1));
    now = now.plus(Duration.ofMinutes(1));
    take(PUMP, 1);
    refused(PUMP, Duration.ofHours(1));
  }

  @Test
  void aQuietDayBringsAllBack() {
    take(PUMP, 8);
    now = now.plus(Duration.ofDays(1));

    take(PUMP, 8);
    refused(PUMP, Duration.ofHours(1));
  }

  @Test
  void oneClientTakesNothingFromAnother() {
    take(PUMP, 8);

    take(VALVE, 8);
    refused(PUMP, Duration.ofHours(1));
  }
}
