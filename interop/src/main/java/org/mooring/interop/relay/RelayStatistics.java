// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a relay did to datagrams; written by its thread, read by any. */
public final class RelayStatistics {
  private final LongAdder received = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder duplicated = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder rebound = new LongAdder();

  RelayStatistics() {}

  /**
   * A reading.
   *
   * @param received datagrams that came from either side
   * @param lost of these, never forwarded: by chance or for their size
   * @param duplicated forwarded twice
   * @param late held back
   * @param rebound times that a client got another port toward the server
   */
  public record Reading(long received, long lost, long duplicated, long late, long rebound) {}

  void count(Passage passage) {
    received.increment();
    if (passage.isLost()) {
      lost.increment();
    }
    if (passage.copies().size() > 1) {
      duplicated.increment();
    }
    if (passage.late()) {
      late.increment();
    }
  }

  void countRebinding() {
    rebound.increment();
  }

  Reading read() {
    return new Reading(received.sum(), lost.sum(), duplicated.sum(), late.sum(), rebound.sum());
  }
}
