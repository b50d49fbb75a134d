// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: it doubles with each failure up to a bound, and half of it
 * is random, so that nodes that failed together do not come back together.
 *
 * @param first the longest wait after the first failure
 * @param most the longest wait of all
 */
public record Backoff(Duration first, Duration most) {
  /** 1 s to 5 min. */
  public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  /**
   * @throws IllegalArgumentException if a wait is below a millisecond or the bound below the first
   */
  public Backoff {
    if (first.toMillis() < 1 || most.compareTo(first) < 0) {
      throw new IllegalArgumentException("back-off: give at least 1 ms, and a bound not below it");
    }
  }

  /**
   * The wait after so many failures.
   *
   * @param failures failures in a row, at least 1
   */
  public Duration after(int failures, RandomGenerator dice) {
    long longest = first.toMillis();
    for (int i = 1; i < failures && longest < most.toMillis(); i++) {
      longest *= 2;
    }
    longest = Math.min(longest, most.toMillis());
    long least = (longest + 1) / 2;
    return Duration.ofMillis(least + dice.nextLong(longest - least + 1));
  }
}
