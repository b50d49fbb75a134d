// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wakes the node once, at the time that was set last. Its users take turns. */
final class Alarm {
  /** The longest rest: a clock that was set meanwhile is noticed then. */
  private static final Duration LONGEST_REST = Duration.ofHours(1);

  /** The shortest, so that a server that grants moments does not keep the node spinning. */
  private static final Duration SHORTEST_REST = Duration.ofMillis(100);

  private final ScheduledExecutorService scheduler;
  private final Runnable wake;
  private @Nullable Future<?> timer;

  Alarm(ScheduledExecutorService scheduler, Runnable wake) {
    this.scheduler = scheduler;
    this.wake = wake;
  }

  void setIn(Duration wait) {
    stop();
    timer = scheduler.schedule(wake, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** As {@link #setIn}, within the bounds of a rest. */
  void setAfterRest(Duration wanted) {
    Duration least = wanted.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : wanted;
    setIn(least.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : least);
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
