// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts tasks at a pace; a task that ended, well or not, makes room for the next. */
public final class Launch {
  private static final long TICK_MILLIS = 5;

  private final List<Supplier<CompletionStage<?>>> tasks;
  private final FleetSettings.Pace pace;
  private final ScheduledExecutorService scheduler;
  private final Stopwatch watch = new Stopwatch();
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private @Nullable Future<?> ticks;
  private int begun;
  private int ended;

  /**
   * @param scheduler starts them; a task must not block it
   */
  public Launch(
      List<Supplier<CompletionStage<?>>> tasks,
      FleetSettings.Pace pace,
      ScheduledExecutorService scheduler) {
    this.tasks = List.copyOf(tasks);
    this.pace = pace;
    this.scheduler = scheduler;
  }

  /** Completes when every task has ended. */
  public synchronized CompletableFuture<Void> start() {
    if (tasks.isEmpty()) {
      finished.complete(null);
    } else {
      ticks = scheduler.scheduleAtFixedRate(this::startDue, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
    return finished;
  }

  /** Starts no more. */
  public synchronized void stop() {
    if (ticks != null) {
      ticks.cancel(false);
    }
  }

  private void startDue() {
    for (Supplier<CompletionStage<?>> task = next(); task != null; task = next()) {
      var unused = started(task).whenComplete((done, failure) -> ended());
    }
  }

  private static CompletionStage<?> started(Supplier<CompletionStage<?>> task) {
    try {
      return task.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private synchronized @Nullable Supplier<CompletionStage<?>> next() {
    double due = 1 + pace.rate() * watch.elapsed().toNanos() / TimeUnit.SECONDS.toNanos(1);
    boolean mayStart =
        begun < tasks.size() && begun + 1 <= due && begun - ended < pace.concurrent();
    return mayStart ? tasks.get(begun++) : null;
  }

  private void ended() {
    synchronized (this) {
      ended++;
      if (ended < tasks.size()) {
        return;
      }
      stop();
    }
    finished.complete(null);
  }
}
