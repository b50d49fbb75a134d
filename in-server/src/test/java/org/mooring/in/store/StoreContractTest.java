// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.in.audit.AuditAction;

/** What the store promises on every database: groups, isolation, order, bounds and its end. */
abstract class StoreContractTest extends StoreTest {

  @Test
  void whatWaitsIsCommittedTogether() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    CompletionStage<Boolean> held = hold(latch);
    List<CompletionStage<Long>> writes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      writes.add(append("row-" + i));
    }
    latch.countDown();
    await(held);
    for (CompletionStage<Long> write : writes) {
      await(write);
    }
    assertThat(store.commits()).isEqualTo(2);
    assertThat(entries()).isEqualTo(200);
  }

  @Test
  void aBatchIsBounded() throws Exception {
    store.close();
    reopen(settings.withWrites(10, 1000));
    CountDownLatch latch = new CountDownLatch(1);
    CompletionStage<Boolean> held = hold(latch);
    List<CompletionStage<Long>> writes = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      writes.add(append("row-" + i));
    }
    latch.countDown();
    await(held);
    for (CompletionStage<Long> write : writes) {
      await(write);
    }
    assertThat(store.commits()).isEqualTo(1 + 3);
  }

  @Test
  void aTransactionReadsWhatItAppendedToTheLog() throws Exception {
    long seen =
        await(
            store.write(
                tx -> {
                  for (int i = 0; i < 11; i++) {
                    tx.audit().record("test", AuditAction.ENROLEE_ADDED, "row-" + i);
                  }
                  assertThat(tx.auditLog().latest(3)).hasSize(3);
                  assertThat(tx.auditLog().find(11)).isPresent();
                  tx.audit().record("test", AuditAction.ENROLEE_ADDED, "last");
                  return tx.auditLog().verify().entries();
                }));

    assertThat(seen).isEqualTo(12);
    assertThat(await(store.read(tx -> tx.auditLog().verify())).intact()).isTrue();
  }

  @Test
  void nothingIsVisibleBeforeItsCommit() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    CompletionStage<Boolean> write =
        store.write(
            tx -> {
              tx.audit().record("test", AuditAction.ENROLEE_ADDED, "row");
              written.countDown();
              return latch.await(20, TimeUnit.SECONDS);
            });
    assertThat(written.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(entries()).isZero();
    assertThat(write.toCompletableFuture()).isNotDone();
    latch.countDown();
    await(write);
    assertThat(entries()).isEqualTo(1);
  }

  @Test
  void hooksRunInOrderAfterTheCommitAndBeforeTheAnswer() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<CompletionStage<Void>> answers = new ArrayList<>();
    CountDownLatch latch = new CountDownLatch(1);
    CompletionStage<Boolean> held = hold(latch);
    for (String name : List.of("a", "b")) {
      answers.add(
          store
              .write(
                  tx -> {
                    tx.afterCommit(() -> order.add(name + " first, commits " + store.commits()));
                    tx.afterCommit(() -> order.add(name + " second"));
                    return name;
                  })
              .thenAccept(done -> order.add(done + " answered")));
    }
    CompletionStage<Void> refused =
        store.write(
            tx -> {
              tx.afterCommit(() -> order.add("of a refused work"));
              throw Refusal.NO_PRIVILEGE.of("test");
            });
    latch.countDown();
    await(held);
    for (CompletionStage<Void> answer : answers) {
      await(answer);
    }
    assertThatThrownBy(() -> await(refused)).isInstanceOf(RefusedException.class);
    assertThat(order)
        .containsExactly(
            "a first, commits 2",
            "a second",
            "a answered",
            "b first, commits 2",
            "b second",
            "b answered");
  }

  @Test
  void aFailingHookHurtsNobody() throws Exception {
    CompletionStage<String> write =
        store.write(
            tx -> {
              tx.afterCommit(
                  () -> {
                    throw new IllegalStateException("a hook of the test");
                  });
              return "done";
            });
    assertThat(await(write)).isEqualTo("done");
    assertThat(await(append("next"))).isEqualTo(1);
  }

  @Test
  void noWorkRunsAndNoStageCompletesOnTheCallersOrTheWritersThread() throws Exception {
    Thread caller = Thread.currentThread();
    List<Thread> writerThread = new ArrayList<>();
    CountDownLatch latch = new CountDownLatch(1);
    CompletionStage<Boolean> held = hold(latch);
    CompletionStage<Thread> completed =
        store
            .write(tx -> writerThread.add(Thread.currentThread()))
            .thenApply(done -> Thread.currentThread());
    latch.countDown();
    await(held);
    assertThat(await(completed)).isNotIn(caller, writerThread.get(0));
    assertThat(writerThread.get(0)).isNotSameAs(caller);
    Thread reader = await(store.read(tx -> Thread.currentThread()));
    assertThat(reader).isNotSameAs(caller);
  }

  @Test
  void aFullQueueRefusesAtOnce() throws Exception {
    store.close();
    reopen(settings.withWrites(10, 3));
    CountDownLatch latch = new CountDownLatch(1);
    CompletionStage<Boolean> held = hold(latch);
    List<CompletionStage<Long>> taken = List.of(append("a"), append("b"), append("c"));
    CompletionStage<Long> overflow = append("d");
    assertThat(overflow.toCompletableFuture()).isCompletedExceptionally();
    assertThatThrownBy(() -> await(overflow))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.INTERNAL_ERROR));
    latch.countDown();
    await(held);
    for (CompletionStage<Long> write : taken) {
      await(write);
    }
    assertThat(await(append("e"))).isEqualTo(1);
    assertThat(entries()).isEqualTo(4);
  }

  @Test
  void aFullReadQueueRefusesAtOnce() throws Exception {
    store.close();
    reopen(settings.withReads(1, 1));
    CountDownLatch latch = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    CompletionStage<Boolean> reading =
        store.read(
            tx -> {
              running.countDown();
              return latch.await(20, TimeUnit.SECONDS);
            });
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    CompletionStage<String> queued = store.read(tx -> "queued");
    assertThatThrownBy(() -> await(store.read(tx -> "refused")))
        .isInstanceOf(RefusedException.class);
    latch.countDown();
    await(reading);
    assertThat(await(queued)).isEqualTo("queued");
  }

  @Test
  void readsCannotWrite() {
    assertThatThrownBy(
            () ->
                await(
                    store.read(
                        tx -> {
                          tx.audit().record("test", AuditAction.ENROLEE_ADDED, "row");
                          return 1;
                        })))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(
            () ->
                await(
                    store.read(
                        tx -> {
                          tx.afterCommit(() -> {});
                          return 1;
                        })))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aBatchHasOneTimeInWholeMilliseconds() throws Exception {
    pass(Duration.ofNanos(1_999_999));
    Instant written = await(store.write(tx -> tx.now()));
    Instant read = await(store.read(tx -> tx.now()));
    assertThat(List.of(written, read)).containsOnly(START.plusMillis(1));
  }

  @Test
  void closingCommitsWhatIsQueuedAndReleasesThreads() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    CompletionStage<Boolean> held = hold(latch);
    CompletionStage<Long> queued = append("queued");
    await(store.read(tx -> 1));
    Thread closing = new Thread(() -> store.close());
    closing.start();
    latch.countDown();
    closing.join(20_000);

    assertThat(await(held)).isTrue();
    assertThat(await(queued)).isEqualTo(1);
    assertThatThrownBy(() -> await(append("late"))).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> await(store.read(tx -> 1))).isInstanceOf(StoreException.class);
    Awaitility.await("the pools' own threads wind down a moment later")
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("store-")));
    reopen(settings);
    assertThat(entries()).isEqualTo(1);
  }

  @Test
  void aDatabaseOfANewerProgramIsRefused() throws Exception {
    store.close();
    execute(
        """
        INSERT INTO schema_history (installed_rank, version, description, type, script, checksum,
          installed_by, execution_time, success)
        VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'test', 1, true)
        """);
    assertThatThrownBy(() -> Store.open(settings, clock()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("version 99")
        .hasMessageContaining("newer");
  }

  @Test
  void anotherKeyFileIsRefused() throws Exception {
    store.close();
    StoreSettings other = settings.withKeyFile(folder.resolve("other.key"));
    assertThatThrownBy(() -> Store.open(other, clock())).hasMessageContaining("is missing");
    new KeyFile(other.keyFile()).create();
    assertThatThrownBy(() -> Store.open(other, clock()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("does not belong to this database");
  }
}
