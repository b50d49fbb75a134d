// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.quota;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * How often each of many may have something: some at once, and then one every so often. What is not
 * used is saved up, to those at once. Whoever was quiet for long enough takes no room.
 *
 * @param <K> who may have it
 */
public final class Quota<K> {
  /** Those who took last, 10 MB or so; whoever comes again after so many others starts anew. */
  static final int REMEMBERED = 50_000;

  private final int atOnce;
  private final Duration every;
  private final InstantSource clock;

  /** When each will have paid for all it got; the one that got the last stands last. */
  private final Map<K, Instant> paidAt = new LatestEntries<>(REMEMBERED);

  /**
   * @param atOnce how many a long quiet time saves up, at least one
   * @param every how long one more takes
   */
  public Quota(int atOnce, Duration every, InstantSource clock) {
    this.atOnce = atOnce;
    this.every = every;
    this.clock = clock;
  }

  /**
   * Asks whether there is one, and leaves it there.
   *
   * @return how long until there is one; empty: there is
   */
  public synchronized Optional<Duration> ask(K who) {
    Instant now = clock.instant();
    forgetPaid(now);
    Instant earliest = paidBy(who, now).minus(every.multipliedBy(atOnce - 1L));
    return earliest.isAfter(now) ? Optional.of(Duration.between(now, earliest)) : Optional.empty();
  }

  /**
   * Takes one, if there is one.
   *
   * @return how long until there is one; empty: it was taken
   */
  public synchronized Optional<Duration> take(K who) {
    Optional<Duration> until = ask(who);
    if (until.isEmpty()) {
      Instant paid = paidBy(who, clock.instant());
      paidAt.remove(who);
      paidAt.put(who, paid.plus(every));
    }
    return until;
  }

  private Instant paidBy(K who, Instant now) {
    Instant paid = paidAt.getOrDefault(who, now);
    return paid.isBefore(now) ? now : paid;
  }

  private void forgetPaid(Instant now) {
    Iterator<Instant> oldestFirst = paidAt.values().iterator();
    while (oldestFirst.hasNext() && !oldestFirst.next().isAfter(now)) {
      oldestFirst.remove();
    }
  }
}
