// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** Tasks that wait for their time, in order where it is the same. For one thread. */
final class DelayLine {
  private final PriorityQueue<Due> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
  private long added;

  private record Due(long at, long number, Runnable task) {}

  /**
   * @param now nanoseconds of any clock that does not jump
   */
  void add(long now, Duration delay, Runnable task) {
    waiting.add(new Due(now + delay.toNanos(), added++, task));
  }

  void runDue(long now) {
    for (Due next = waiting.peek(); next != null && next.at() <= now; next = waiting.peek()) {
      waiting.remove();
      next.task().run();
    }
  }

  /** Milliseconds until the next is due, at least 1; 0 where none waits. */
  long millisToNext(long now) {
    Due next = waiting.peek();
    return next == null ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.at() - now) + 1);
  }
}
