// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Duration;
import java.time.Instant;

/**
 * How long something granted by a server lives, in the server's time.
 *
 * @param expires the end
 * @param renewAt when to ask for the next one: at a random point of the last third, so that nodes
 *     enrolled together do not come back together
 */
public record Lease(Instant expires, Instant renewAt) {
  private static final double EARLIEST = 0.70;
  private static final double SPREAD = 0.20;

  /** Where an end is fixed, each renewal is shorter than the last; below this they stop. */
  private static final Duration LEAST = Duration.ofSeconds(5);

  /**
   * A lease that the server has just granted.
   *
   * @param now the server's time
   * @param expires the end the server granted
   * @param dice a random number in [0, 1)
   */
  public static Lease granted(Instant now, Instant expires, double dice) {
    Duration whole = Duration.between(now, expires);
    if (whole.isNegative()) {
      return new Lease(expires, expires);
    }
    long seconds = (long) (whole.toSeconds() * (EARLIEST + SPREAD * dice));
    boolean worthwhile = seconds >= LEAST.toSeconds();
    return new Lease(expires, worthwhile ? now.plusSeconds(seconds) : expires);
  }

  public boolean isAliveAt(Instant now) {
    return now.isBefore(expires);
  }

  public boolean isDueAt(Instant now) {
    return !now.isBefore(renewAt);
  }
}
