// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.mooring.common.identifier.CseId;

/**
 * Makes CSE-IDs {@code /asn-<12 hex digits>} in the order of time: the milliseconds since 1970, or
 * the number after the last one. Nodes that were added together mostly come together, and what they
 * store stands side by side in every index that begins with their id; random ids would have each
 * request touch a page of its own.
 */
final class CseIds {
  private final AtomicLong last = new AtomicLong();

  /** The next id, which no other one was made with since the start. */
  CseId next(Instant now) {
    long number =
        last.accumulateAndGet(now.toEpochMilli(), (before, at) -> Math.max(before + 1, at));
    return new CseId(String.format(Locale.ROOT, "/asn-%012x", number));
  }
}
