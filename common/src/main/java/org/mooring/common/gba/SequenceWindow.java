// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The sequence numbers that a USIM accepted (TS 33.102 annex C.2): for each IND the highest SEQ.
 * Immutable.
 *
 * @param counters 32 of them, by IND
 */
public record SequenceWindow(List<Long> counters) {
  /**
   * By how much SEQ may be ahead of the highest one accepted (annex C.2.1, Δ): a USIM is not driven
   * to the end of its numbers by a jump.
   */
  public static final long LARGEST_JUMP = 1L << 28;

  /** That of a USIM which was never asked. */
  public static final SequenceWindow FRESH =
      new SequenceWindow(Collections.nCopies(SequenceNumber.PLACES, 0L));

  /**
   * @throws IllegalArgumentException if there are not 32 counters, none negative
   */
  public SequenceWindow {
    counters = List.copyOf(counters);
    if (counters.size() != SequenceNumber.PLACES || Collections.min(counters) < 0) {
      throw new IllegalArgumentException("sequence numbers: give 32 counters");
    }
  }

  /** Whether no number was accepted yet. */
  public boolean isFresh() {
    return counters.equals(FRESH.counters);
  }

  /** The window with the number in it; empty for one that is stale or too far ahead. */
  public Optional<SequenceWindow> accepting(SequenceNumber number) {
    boolean isFresh = number.counter() > counters.get(number.place());
    boolean isNear = number.counter() - highest().counter() <= LARGEST_JUMP;
    if (!isFresh || !isNear) {
      return Optional.empty();
    }
    List<Long> changed = new ArrayList<>(counters);
    changed.set(number.place(), number.counter());
    return Optional.of(new SequenceWindow(changed));
  }

  /** The highest number accepted, which AUTS tells (annex C.2.1). */
  public SequenceNumber highest() {
    long highest = Collections.max(counters);
    return SequenceNumber.of(highest, counters.indexOf(highest));
  }
}
