// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mooring.common.gba.Impi;

/**
 * How often challenges are made for one subscriber: anyone can ask for them, each costs a sequence
 * number and a commit, and a USIM needs two at most. What is not used is saved up, to a bound.
 */
final class Allowance {
  static final int BURST = 10;
  static final Duration EVERY = Duration.ofSeconds(6);

  /** Those who asked last; whoever asks again after so many others starts anew. */
  private static final int SUBSCRIBERS = 10_000;

  private final InstantSource clock;
  private final Map<Impi, Instant> usedUntil =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Impi, Instant> eldest) {
          return size() > SUBSCRIBERS;
        }
      };

  Allowance(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes one; false where none is left. */
  synchronized boolean take(Impi impi) {
    Instant now = clock.instant();
    Instant earlier = usedUntil.getOrDefault(impi, now);
    Instant used = (earlier.isBefore(now) ? now : earlier).plus(EVERY);
    if (used.isAfter(now.plus(EVERY.multipliedBy(BURST)))) {
      return false;
    }
    usedUntil.put(impi, used);
    return true;
  }
}
