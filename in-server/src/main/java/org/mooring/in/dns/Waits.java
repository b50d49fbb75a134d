// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import java.time.Duration;
import java.time.Instant;

/**
 * When to try again what failed: after as long as it has failed by now, so that waits double
 * without anybody counting failures, also across restarts.
 *
 * @param least the first wait
 * @param most the longest
 */
record Waits(Duration least, Duration most) {
  static final Waits OF_SERVER = new Waits(Duration.ofSeconds(1), Duration.ofMinutes(5));
  static final Waits OF_NAME = new Waits(Duration.ofSeconds(10), Duration.ofHours(1));

  /**
   * When to try again.
   *
   * @param since when it failed first
   */
  Instant next(Instant since, Instant now) {
    Duration failing = Duration.between(since, now);
    if (failing.compareTo(least) < 0) {
      return now.plus(least);
    }
    return now.plus(failing.compareTo(most) > 0 ? most : failing);
  }
}
