// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.mooring.common.identifier.CseId;
import org.mooring.in.provider.MadeCseId;

/**
 * Makes CSE-IDs ({@link MadeCseId}) in the order of time: 42 bits of milliseconds since 1970, or of
 * the number after the last one, and 6 bits that are random for each server. Nodes that were added
 * together mostly come together, and what they store stands side by side in every index that begins
 * with their id; random ids would have each request touch a page of its own.
 */
final class CseIds {
  private static final int OWN_BITS = 6;
  private static final long MASK = (1L << MadeCseId.BITS) - 1;

  private final AtomicLong last = new AtomicLong();
  private final long own = new SecureRandom().nextInt(1 << OWN_BITS);

  /** The next id, which no other one was made with since the start. */
  CseId next(Instant now) {
    long moment =
        last.accumulateAndGet(now.toEpochMilli(), (before, at) -> Math.max(before + 1, at));
    return MadeCseId.of((moment << OWN_BITS | own) & MASK);
  }
}
