// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.est;

import java.time.Duration;
import java.time.InstantSource;
import org.mooring.common.identifier.EntityId;
import org.mooring.in.quota.Quota;

/**
 * How often one client may have a certificate: some at once, for lost answers, and then one an
 * hour.
 */
public final class IssuanceQuota {
  private static final int AT_ONCE = 8;
  private static final Duration EVERY = Duration.ofHours(1);

  private final Quota<EntityId> quota;

  public IssuanceQuota(InstantSource clock) {
    this.quota = new Quota<>(AT_ONCE, EVERY, clock);
  }

  /**
   * Takes one.
   *
   * @throws EstRefusedException TOO_MANY with the wait for the next
   */
  public void take(EntityId client) {
    quota
        .take(client)
        .ifPresent(
            wait -> {
              throw EstRefusal.TOO_MANY.after(wait);
            });
  }
}
