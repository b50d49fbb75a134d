// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class LeaseTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Property
  void renewalFallsIntoTheLastThirdAndBeforeTheEnd(
      @ForAll @IntRange(min = 10, max = 400_000_000) int seconds,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double dice) {
    Lease lease = Lease.granted(NOW, NOW.plusSeconds(seconds), dice);

    Duration until = Duration.between(NOW, lease.renewAt());
    assertThat(until.toSeconds()).isBetween((long) (seconds * 0.7) - 1, (long) (seconds * 0.9));
  }

  @Property
  void momentsAreNotRenewed(@ForAll @IntRange(min = -10, max = 5) int seconds) {
    Instant end = NOW.plusSeconds(seconds);

    assertThat(Lease.granted(NOW, end, 0.5).renewAt()).isEqualTo(end);
  }

  @Example
  void aLeaseEndsAtItsEnd() {
    Lease lease = Lease.granted(NOW, NOW.plusSeconds(100), 0.5);

    assertThat(lease.isAliveAt(NOW.plusSeconds(99))).isTrue();
    assertThat(lease.isAliveAt(NOW.plusSeconds(100))).isFalse();
  }
}
