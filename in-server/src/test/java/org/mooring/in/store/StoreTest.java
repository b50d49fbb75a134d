// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.transaction.UnitOfWork;

/** A store of its own for each test, on the database that a subclass names. */
abstract class StoreTest {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;
  Store store;
  StoreSettings settings;
  private volatile Instant time = START;

  /** The URL of an empty database. */
  abstract String emptyDatabase(Path folder) throws SQLException, IOException;

  @BeforeEach
  void open() throws SQLException, IOException {
    settings =
        StoreSettings.in(folder.resolve("data"))
            .withJdbcUrl(emptyDatabase(folder.resolve("data")))
            .withReads(2, 100);
    store = Store.open(settings, clock());
  }

  @AfterEach
  void close() {
    store.close();
  }

  void reopen(StoreSettings with) {
    settings = with;
    store = Store.open(with, clock());
  }

  InstantSource clock() {
    return () -> time;
  }

  void pass(Duration duration) {
    time = time.plus(duration);
  }

  /** Runs one statement past the store, as an intruder or another program would. */
  void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(settings.jdbcUrl());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Does a unit of work; the next ones say what it results in, which a lambda does not tell. */
  final <T> T does(UnitOfWork<Repositories, T> work) throws Exception {
    return await(store.write(work));
  }

  final <T> Optional<T> maybe(UnitOfWork<Repositories, Optional<T>> work) throws Exception {
    return does(work);
  }

  final <T> List<T> all(UnitOfWork<Repositories, List<T>> work) throws Exception {
    return does(work);
  }

  final int number(UnitOfWork<Repositories, Integer> work) throws Exception {
    return does(work);
  }

  /** Appends an entry to the audit log. */
  final CompletionStage<Long> append(String subject) {
    return store.write(
        tx -> {
          tx.audit().record("test", AuditAction.ENROLEE_ADDED, subject);
          return Long.valueOf(1);
        });
  }

  final long entries() throws Exception {
    return await(store.read(tx -> tx.auditLog().verify())).entries();
  }

  /** Holds the writer in a unit of work until the latch opens, so that others queue behind it. */
  final CompletionStage<Boolean> hold(CountDownLatch latch) throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CompletionStage<Boolean> held =
        store.write(
            tx -> {
              running.countDown();
              return latch.await(20, TimeUnit.SECONDS);
            });
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    return held;
  }

  static <T> T await(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(20, SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new AssertionError("the store did not answer", e);
    }
  }
}
