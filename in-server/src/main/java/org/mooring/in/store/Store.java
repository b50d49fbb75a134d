// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.transaction.Transactions;
import org.mooring.in.transaction.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of one server: writes in groups, reads beside them. Only a {@link #lookUp} that
 * memory answers runs on the caller's thread.
 *
 * <p>Threads: one writer, one on which hooks run and writes complete, and as many readers as the
 * settings say, on which reads complete.
 */
public final class Store implements Transactions<Repositories>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final long STOP_SECONDS = 10;

  /** Some 3 KiB each, and more than ever walk at a time. */
  private static final int RECORDS_IN_MEMORY = 4_096;

  private final Database database;
  private final SecretSealer sealer;
  private final InstantSource clock;
  private final RecordCache cache;
  private final GroupCommit writer;
  private final ThreadPoolExecutor completions;
  private final ThreadPoolExecutor readers;

  private Store(
      Database database, SecretSealer sealer, InstantSource clock, StoreSettings settings) {
    this.database = database;
    this.sealer = sealer;
    this.clock = clock;
    this.cache = new RecordCache(database.dialect().hasOneWriter() ? RECORDS_IN_MEMORY : 0);
    this.completions =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads("store-completion"));
    this.readers =
        new ThreadPoolExecutor(
            settings.readers(),
            settings.readers(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(settings.queuedReads()),
            threads("store-reader"));
    this.writer =
        new GroupCommit(
            database::openWriter,
            (transaction, known) -> repositories(transaction, known, true),
            cache,
            this::now,
            settings,
            completions);
  }

  /**
   * Opens the database, creating or migrating it, and the key-encryption key that belongs to it.
   *
   * @throws StoreException if the database cannot be opened or is newer than this program, or the
   *     key file is missing, open to others or not the one that sealed this database
   */
  public static Store open(StoreSettings settings, InstantSource clock) {
    createFolder(settings.directory());
    Database database = Database.open(settings);
    try {
      SecretSealer sealer = KeyCheck.unlock(database, new KeyFile(settings.keyFile()));
      return new Store(database, sealer, clock, settings);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static void createFolder(Path folder) {
    try {
      PrivateFiles.createFolder(folder);
    } catch (IOException e) {
      throw new StoreException("cannot use the data folder " + e.getMessage(), e);
    }
  }

  /** Whether other servers, with settings of their own, may work on the same database. */
  public boolean isShared() {
    return !database.dialect().hasOneWriter();
  }

  @Override
  public <T> CompletionStage<T> write(UnitOfWork<? super Repositories, T> work) {
    return writer.enqueue(work);
  }

  @Override
  public <T> CompletionStage<T> read(UnitOfWork<? super Repositories, T> work) {
    CompletableFuture<T> stage = new CompletableFuture<>();
    try {
      readers.execute(() -> readInto(stage, work));
    } catch (RejectedExecutionException e) {
      stage.completeExceptionally(
          readers.isShutdown()
              ? new StoreException("the store is closed")
              : Refusal.INTERNAL_ERROR.of("store"));
    }
    return stage.minimalCompletionStage();
  }

  @Override
  public <T> CompletionStage<T> lookUp(UnitOfWork<? super Repositories, T> work) {
    try {
      return CompletableFuture.completedStage(work.run(inMemory()));
    } catch (NotInMemoryException e) {
      return read(work);
    } catch (Throwable e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private Repositories inMemory() {
    Sql none =
        new Sql(
            () -> {
              throw NotInMemoryException.INSTANCE;
            });
    return repositories(OpenTransaction.on(none, now()), new RecordLayer(cache), false);
  }

  /**
   * What waits at a moment.
   *
   * @param queuedWrites units of work that wait for a commit
   * @param mostQueuedWrites the most that ever waited
   * @param writeDelay how long the next of them has waited
   * @param queuedReads reads that wait for a connection
   */
  public record Load(
      int queuedWrites, int mostQueuedWrites, Duration writeDelay, int queuedReads) {}

  /** What waits now; takes no lock that a transaction holds. */
  public Load load() {
    return new Load(
        writer.queued(), writer.mostQueued(), writer.delay(), readers.getQueue().size());
  }

  /** How long the next write has waited by now. */
  public Duration writeDelay() {
    return writer.delay();
  }

  /** Seals what another part of the server keeps in a file of its own. */
  public SecretSealer sealer() {
    return sealer;
  }

  /** How many commits this store made: the units of work per commit show how well groups form. */
  public long commits() {
    return writer.commits();
  }

  /**
   * Commits what is queued, completes every stage and lets go of threads, connections and files.
   * Not to be called from a hook or a stage of this store.
   */
  @Override
  public void close() {
    writer.close();
    stop(readers);
    stop(completions);
    database.close();
  }

  private <T> void readInto(CompletableFuture<T> stage, UnitOfWork<? super Repositories, T> work) {
    T result;
    long before = cache.commits();
    RecordLayer known = new RecordLayer(cache);
    try (LazySession session = new LazySession(database::openReader)) {
      result = work.run(repositories(OpenTransaction.on(session.sql(), now()), known, false));
    } catch (Throwable e) {
      stage.completeExceptionally(e);
      return;
    }
    known.records().forEach(record -> cache.read(record, before));
    stage.complete(result);
  }

  private Repositories repositories(
      OpenTransaction transaction, RecordLayer known, boolean writable) {
    return new Repositories(transaction, known, database.dialect(), sealer, writable);
  }

  /** Cut to what the database keeps, so that what is written equals what is read. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static void stop(ExecutorService executor) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the store stops while {} tasks are left", executor.shutdownNow().size());
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadFactory threads(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
