// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuotaTest {
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final Quota<String> quota = new Quota<>(3, Duration.ofMinutes(10), () -> now);

  private void takes(String who, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(quota.take(who)).isEmpty();
    }
  }

  @Test
  void someAreThereAtOnceAndThenOneEverySoOften() {
    takes("pump", 3);

    assertThat(quota.take("pump")).contains(Duration.ofMinutes(10));
    now = now.plus(Duration.ofMinutes(9));
    assertThat(quota.take("pump")).contains(Duration.ofMinutes(1));
    now = now.plus(Duration.ofMinutes(1));
    takes("pump", 1);
    assertThat(quota.take("pump")).contains(Duration.ofMinutes(10));
  }

  @Test
  void whatIsNotUsedIsSavedUpAndNoMore() {
    takes("pump", 3);
    now = now.plus(Duration.ofDays(1));

    takes("pump", 3);
    assertThat(quota.take("pump")).isPresent();
  }

  @Test
  void whoeverAsksTakesNothing() {
    takes("pump", 2);

    assertThat(quota.ask("pump")).isEmpty();
    assertThat(quota.ask("pump")).isEmpty();
    takes("pump", 1);
    assertThat(quota.ask("pump")).contains(Duration.ofMinutes(10));
  }

  @Test
  void nobodyTakesAnothers() {
    takes("pump", 3);

    takes("valve", 3);
    assertThat(quota.take("pump")).isPresent();
  }

  @Test
  void whoeverTookBeforeSoManyOthersStartsAnew() {
    takes("pump", 3);
    for (int i = 1; i < Quota.REMEMBERED; i++) {
      takes("valve " + i, 1);
    }
    assertThat(quota.take("pump")).isPresent();

    takes("one more", 1);
    takes("pump", 3);
  }
}
