// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitsTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void doubleUpToTheLongest() {
    Waits waits = new Waits(Duration.ofSeconds(1), Duration.ofSeconds(10));
    List<Long> seconds = new ArrayList<>();
    Instant now = START;
    for (int i = 0; i < 7; i++) {
      Instant next = waits.next(START, now);
      seconds.add(Duration.between(now, next).toSeconds());
      now = next;
    }

    assertThat(seconds).containsExactly(1L, 1L, 2L, 4L, 8L, 10L, 10L);
  }

  /** A clock that was set back. */
  @Test
  void areNeverNegative() {
    assertThat(Waits.OF_SERVER.next(START.plusSeconds(60), START)).isAfter(START);
  }
}
