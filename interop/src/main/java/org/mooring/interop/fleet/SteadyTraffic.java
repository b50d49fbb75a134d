// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes at a steady rate, the nodes in turns. A latency counts from when the value was due, so
 * that a server that stalls does not slow its own measurement down.
 */
final class SteadyTraffic {
  private static final long TICK_MILLIS = 5;

  private final List<FleetNode> nodes;
  private final FollowUp.Steady plan;
  private final Measurements measurements;
  private final Stopwatch watch = new Stopwatch();
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final long planned;
  private @Nullable Future<?> ticks;
  private long sent;
  private long ended;

  SteadyTraffic(List<FleetNode> nodes, FollowUp.Steady plan, Measurements measurements) {
    this.nodes = List.copyOf(nodes);
    this.plan = plan;
    this.measurements = measurements;
    this.planned = Math.max(1, Math.round(plan.rate() * plan.duration().toMillis() / 1_000));
  }

  /** Completes when everything was sent and answered, or has failed. */
  synchronized CompletableFuture<Void> start(ScheduledExecutorService scheduler) {
    ticks = scheduler.scheduleAtFixedRate(this::sendDue, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return finished;
  }

  /** Sends no more. */
  synchronized void stop() {
    if (ticks != null) {
      ticks.cancel(false);
    }
  }

  private void sendDue() {
    for (long next = next(); next >= 0; next = next()) {
      Duration due = Duration.ofNanos((long) (next * TimeUnit.SECONDS.toNanos(1) / plan.rate()));
      var unused =
          publish(nodes.get((int) (next % nodes.size())))
              .whenComplete((answer, failure) -> ended(due, failure));
    }
  }

  private static CompletionStage<?> publish(FleetNode node) {
    try {
      return node.publish();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private synchronized long next() {
    double due = 1 + plan.rate() * watch.elapsed().toNanos() / TimeUnit.SECONDS.toNanos(1);
    return sent < planned && sent + 1 <= due ? sent++ : -1;
  }

  private void ended(Duration due, @Nullable Throwable failure) {
    if (failure == null) {
      measurements.took(FleetResult.PUBLISH, watch.elapsed().minus(due));
    } else {
      measurements.failed(FleetResult.PUBLISH, String.valueOf(failure.getMessage()));
    }
    synchronized (this) {
      if (++ended < planned) {
        return;
      }
      stop();
    }
    finished.complete(null);
  }
}
