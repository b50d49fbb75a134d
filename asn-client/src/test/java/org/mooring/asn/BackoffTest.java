// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BackoffTest {
  @Property
  void eachWaitIsBetweenHalfAndAllOfADoublingBound(
      @ForAll @IntRange(min = 1, max = 2_000) int failures,
      @ForAll @LongRange(min = 1, max = 60_000) long first,
      @ForAll @LongRange(min = 0, max = 600_000) long more,
      @ForAll long seed) {
    Backoff backoff = new Backoff(Duration.ofMillis(first), Duration.ofMillis(first + more));

    long wait = backoff.after(failures, new Random(seed)).toMillis();

    double longest = Math.min(first * Math.pow(2, failures - 1), (double) (first + more));
    assertThat((double) wait).isBetween(Math.floor(longest / 2), longest);
  }

  @Property
  void nodesThatFailedTogetherComeBackApart(@ForAll long seed) {
    Random dice = new Random(seed);
    long distinct =
        Stream.generate(() -> Backoff.DEFAULT.after(9, dice)).limit(50).distinct().count();

    assertThat(distinct).isGreaterThan(25);
  }

  @Example
  void aBoundBelowTheFirstWaitIsRefused() {
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
