// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.application;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When a token lets instances in, in whole seconds as a JWT tells time (RFC 7519 clause 2).
 *
 * @param from the first moment
 * @param until the first moment at which it does no longer
 */
public record TokenValidity(Instant from, Instant until) {
  /**
   * Cuts both to whole seconds.
   *
   * @throws IllegalArgumentException if it would end before it begins
   */
  public TokenValidity {
    from = from.truncatedTo(ChronoUnit.SECONDS);
    until = until.truncatedTo(ChronoUnit.SECONDS);
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("validity: have it end after it begins");
    }
  }

  /** Whether it has begun by a time. */
  public boolean hasBegunAt(Instant time) {
    return !time.isBefore(from);
  }

  /** Whether it is over by a time. */
  public boolean isOverAt(Instant time) {
    return !time.isBefore(until);
  }
}
