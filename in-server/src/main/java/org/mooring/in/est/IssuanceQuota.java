// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.est;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mooring.common.identifier.EntityId;

/**
 * How often one client may have a certificate: some at once, for lost answers, and then one an
 * hour. A client that was quiet takes no room.
 */
public final class IssuanceQuota {
  private static final int AT_ONCE = 8;
  private static final Duration EVERY = Duration.ofHours(1);

  private final InstantSource clock;

  /** When each client will have paid for all it got; the one that got the last stands last. */
  private final Map<EntityId, Instant> paidAt = new LinkedHashMap<>();

  public IssuanceQuota(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Takes one.
   *
   * @throws EstRefusedException TOO_MANY with the wait for the next
   */
  public synchronized void take(EntityId client) {
    Instant now = clock.instant();
    forgetPaid(now);
    Instant paid = paidAt.getOrDefault(client, now);
    Instant since = paid.isBefore(now) ? now : paid;
    Instant earliest = since.minus(EVERY.multipliedBy(AT_ONCE - 1L));
    if (earliest.isAfter(now)) {
      throw EstRefusal.TOO_MANY.after(Duration.between(now, earliest));
    }
    paidAt.remove(client);
    paidAt.put(client, since.plus(EVERY));
  }

  private void forgetPaid(Instant now) {
    Iterator<Instant> oldestFirst = paidAt.values().iterator();
    while (oldestFirst.hasNext() && !oldestFirst.next().isAfter(now)) {
      oldestFirst.remove();
    }
  }
}
