// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.transaction.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer: takes whatever units of work wait, runs them in one transaction, where each stays
 * or falls for itself, and commits them together. While a commit waits for the disk, the next batch
 * gathers.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  /** Committed batches whose hooks and stages may wait for their turn. */
  private static final int UNCOMPLETED_BATCHES = 64;

  /** How many batches run with savepoints after one needed them. */
  private static final int APART_AFTER_FAILURE = 100;

  private final Supplier<Session> sessions;
  private final RepositoryFactory repositories;
  private final RecordCache cache;
  private final Supplier<Instant> clock;
  private final int largestBatch;
  private final int queueBound;
  private final ExecutorService completions;
  private final BlockingQueue<PendingWork<?>> queue = new LinkedBlockingQueue<>();
  private final PendingWork<?> stop = new PendingWork<>(nothing -> Boolean.TRUE);
  private final Semaphore uncompleted = new Semaphore(UNCOMPLETED_BATCHES);
  private final AtomicLong commits = new AtomicLong();
  private final Thread writer;
  private final Object gate = new Object();

  /** Batches to come that run with savepoints; the writer's alone. */
  private int apart;

  private boolean closed;
  private int mostQueued;

  /** Binds a unit of work to the transaction that it shares with others. */
  @FunctionalInterface
  interface RepositoryFactory {
    Repositories within(OpenTransaction transaction, RecordLayer known);
  }

  /**
   * @param completions one thread, on which hooks run and stages complete in the order of commits
   */
  GroupCommit(
      Supplier<Session> sessions,
      RepositoryFactory repositories,
      RecordCache cache,
      Supplier<Instant> clock,
      StoreSettings settings,
      ExecutorService completions) {
    this.sessions = sessions;
    this.repositories = repositories;
    this.cache = cache;
    this.clock = clock;
    this.largestBatch = settings.largestBatch();
    this.queueBound = settings.queuedWrites();
    this.completions = completions;
    this.writer = new Thread(this::writeUntilStopped, "store-writer");
    this.writer.setDaemon(true);
    this.writer.start();
  }

  <T> CompletionStage<T> enqueue(UnitOfWork<? super Repositories, T> work) {
    PendingWork<T> pending = new PendingWork<>(work);
    synchronized (gate) {
      if (closed) {
        return CompletableFuture.failedStage(new StoreException("the store is closed"));
      }
      if (queue.size() >= queueBound) {
        return CompletableFuture.failedStage(Refusal.INTERNAL_ERROR.of("store"));
      }
      queue.add(pending);
      mostQueued = Math.max(mostQueued, queue.size());
    }
    return pending.stage();
  }

  /** Units of work that wait for a commit. */
  int queued() {
    return queue.size();
  }

  /** The most that ever waited. */
  int mostQueued() {
    synchronized (gate) {
      return mostQueued;
    }
  }

  /** How long the one has waited that is next, the queue's head; nothing while none waits. */
  Duration delay() {
    PendingWork<?> next = queue.peek();
    return next == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - next.queuedAt());
  }

  /** How many batches were committed so far. */
  long commits() {
    return commits.get();
  }

  /** Commits what is queued and ends the writer. */
  @Override
  public void close() {
    synchronized (gate) {
      if (!closed) {
        closed = true;
        queue.add(stop);
      }
    }
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeUntilStopped() {
    boolean stopped = false;
    while (!stopped) {
      List<PendingWork<?>> batch = takeBatch();
      stopped = batch.remove(stop);
      if (!batch.isEmpty()) {
        write(batch);
        complete(batch);
      }
    }
  }

  /** Waits where many batches are to be completed yet: the queue's bound is one of what is held. */
  private void complete(List<PendingWork<?>> batch) {
    uncompleted.acquireUninterruptibly();
    completions.execute(
        () -> {
          try {
            batch.forEach(PendingWork::complete);
          } finally {
            uncompleted.release();
          }
        });
  }

  private List<PendingWork<?>> takeBatch() {
    List<PendingWork<?>> batch = new ArrayList<>();
    while (batch.isEmpty()) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        LOG.warn("the store's writer was interrupted and goes on: close the store to end it");
      }
    }
    queue.drainTo(batch, largestBatch - 1);
    return batch;
  }

  private void write(List<PendingWork<?>> units) {
    @Nullable Session session = null;
    try {
      session = sessions.get();
      session.begin();
      Batch batch = run(units, session);
      session.commit();
      cache.committed(batch.known());
      commits.incrementAndGet();
    } catch (Throwable e) {
      LOG.error("{} units of work failed with their commit", units.size(), e);
      cache.clear(); // the commit may be on disk all the same
      StoreException failure = new StoreException("the database did not take the commit", e);
      units.forEach(unit -> unit.fail(failure));
    } finally {
      close(session);
    }
  }

  /**
   * Runs a batch without savepoints as long as none is needed: for each of them SQLite copies the
   * pages that a unit of work changes, which takes a sixth of its time. Once one is needed all of
   * the batch runs again, and savepoints are made for some time, so that who has work fail on
   * purpose slows nobody down by more than they cost.
   */
  private Batch run(List<PendingWork<?>> units, Session session) {
    if (apart > 0) {
      apart--;
    } else {
      Batch together = batch(session);
      if (together.runTogether(units)) {
        return together;
      }
      session.rollBack();
      if (units.size() == 1) {
        return batch(session); // nothing is left of it: the one unit of work has failed
      }
      apart = APART_AFTER_FAILURE;
    }
    Batch batch = batch(session);
    batch.runApart(units);
    return batch;
  }

  private Batch batch(Session session) {
    return new Batch(session.sql(), clock.get(), repositories, cache);
  }

  /** Undoes what was not committed. */
  private static void close(@Nullable Session session) {
    try {
      if (session != null) {
        session.close();
      }
    } catch (RuntimeException e) {
      LOG.warn("the writing connection could not be returned", e);
    }
  }
}
