// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.mooring.in.transaction.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A unit of work on its way: queued, then run by the writer, then completed after the commit. */
final class PendingWork<T> {
  private static final Logger LOG = LoggerFactory.getLogger(PendingWork.class);

  private final UnitOfWork<? super Repositories, T> work;
  private final long queuedAt = System.nanoTime();
  private final CompletableFuture<T> stage = new CompletableFuture<>();
  private List<Runnable> hooks = List.of();
  private @Nullable T result;
  private @Nullable Throwable failure;

  PendingWork(UnitOfWork<? super Repositories, T> work) {
    this.work = work;
  }

  /** When it was made, see {@link System#nanoTime()}. */
  long queuedAt() {
    return queuedAt;
  }

  CompletionStage<T> stage() {
    return stage.minimalCompletionStage();
  }

  /**
   * Runs the work and keeps its outcome, which replaces that of an earlier run.
   *
   * @return whether what it wrote is to stay
   */
  boolean run(Repositories repositories) {
    failure = null;
    hooks = List.of();
    try {
      result = work.run(repositories);
      hooks = repositories.hooks();
      return true;
    } catch (Throwable e) {
      failure = e;
      return false;
    }
  }

  /** Fails the work after all, unless it failed by itself. */
  void fail(Throwable reason) {
    hooks = List.of();
    if (failure == null) {
      failure = reason;
    }
  }

  /** Runs the hooks and tells the caller. */
  @SuppressWarnings("NullAway") // a work may give null where its T allows that
  void complete() {
    for (Runnable hook : hooks) {
      try {
        hook.run();
      } catch (RuntimeException e) {
        LOG.error("what was to happen after a commit failed", e);
      }
    }
    if (failure == null) {
      stage.complete(result);
    } else {
      stage.completeExceptionally(failure);
    }
  }
}
