// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.AuditVerification;

/** What becomes of units of work that fail, and of those committed with them. */
abstract class FailedWorkContractTest extends StoreTest {

  /** Does what the transaction can not be committed with. */
  abstract void breakCommit(Sql sql);

  @Test
  void refusedAndFailedWorkIsUndoneAlone() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    CompletionStage<Boolean> held = hold(latch);
    CompletionStage<Long> before = append("before");
    CompletionStage<Long> refused = refusedAfterWriting("refused");
    CompletionStage<Long> failed =
        store.write(
            tx -> {
              tx.audit().record("test", AuditAction.ENROLEE_ADDED, "failed");
              tx.sql().run("INSERT INTO no_such_table VALUES (1)");
              return Long.valueOf(1);
            });
    CompletionStage<Long> after = append("after");
    latch.countDown();
    await(held);

    assertThat(await(before)).isEqualTo(1);
    assertThat(await(after)).isEqualTo(1);
    assertThatThrownBy(() -> await(refused))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.NAME_IN_USE));
    assertThatThrownBy(() -> await(failed)).isInstanceOf(StoreException.class);
    assertThat(store.commits()).isEqualTo(2);
    assertIntactLogOf(2);
  }

  @Test
  void workThatFailsByItselfIsUndone() throws Exception {
    CompletionStage<Long> refused = refusedAfterWriting("alone");

    assertThatThrownBy(() -> await(refused)).isInstanceOf(RefusedException.class);
    await(append("after"));
    assertThat(entries()).isEqualTo(1);
  }

  @Test
  void failuresInManyBatchesAreEachUndoneAlone() throws Exception {
    for (int batch = 0; batch < 3; batch++) {
      CompletionStage<Long> refused = amongOthers(() -> refusedAfterWriting("refused"));
      assertThatThrownBy(() -> await(refused)).isInstanceOf(RefusedException.class);
    }
    assertIntactLogOf(6);
  }

  @Test
  void workBesideAFailureIsDoneAndToldOnce() throws Exception {
    List<String> hooks = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch latch = new CountDownLatch(1);
    CompletionStage<Boolean> held = hold(latch);
    CompletionStage<Boolean> done =
        store.write(
            tx -> {
              tx.audit().record("test", AuditAction.ENROLEE_ADDED, "done");
              tx.afterCommit(() -> hooks.add("done"));
              return true;
            });
    CompletionStage<Long> refused = refusedAfterWriting("refused");
    latch.countDown();
    await(held);
    await(done);
    assertThatThrownBy(() -> await(refused)).isInstanceOf(RefusedException.class);

    assertThat(hooks).containsExactly("done");
    assertThat(entries()).isEqualTo(1);
  }

  @Test
  void workWhoseEntryIsNotTakenFailsAlone() throws Exception {
    assertThatThrownBy(() -> await(recordingWhatIsTaken())).isInstanceOf(StoreException.class);

    CompletionStage<Boolean> failing = amongOthers(this::recordingWhatIsTaken);
    assertThatThrownBy(() -> await(failing)).isInstanceOf(StoreException.class);
    assertIntactLogOf(2);
  }

  @Test
  void aFailedCommitFailsTheWholeBatchAndTheStoreGoesOn() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    CompletionStage<Boolean> held = hold(latch);
    CompletionStage<Long> innocent = append("innocent");
    CompletionStage<Boolean> breaker =
        store.write(
            tx -> {
              breakCommit(tx.sql());
              return true;
            });
    latch.countDown();
    await(held);
    assertThatThrownBy(() -> await(innocent)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> await(breaker)).isInstanceOf(StoreException.class);
    assertThat(await(append("next"))).isEqualTo(1);
    assertThat(entries()).isEqualTo(1);
  }

  @Test
  void workThatHidesAFailedStatementIsUndoneWithIt() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    CompletionStage<Boolean> held = hold(latch);
    CompletionStage<Long> innocent = append("innocent");
    CompletionStage<Boolean> hiding =
        store.write(
            tx -> {
              tx.audit().record("test", AuditAction.ENROLEE_ADDED, "hiding");
              assertThatThrownBy(() -> tx.sql().run("INSERT INTO no_such_table VALUES (1)"))
                  .isInstanceOf(StoreException.class);
              return true;
            });
    latch.countDown();
    await(held);

    assertThat(await(innocent)).isEqualTo(1);
    assertThatThrownBy(() -> await(hiding)).isInstanceOf(StoreException.class);
    assertThat(entries()).isEqualTo(1);
  }

  /** Has work run in one batch with an entry before and one after it, which are both taken. */
  private <T> CompletionStage<T> amongOthers(Supplier<CompletionStage<T>> work) throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    CompletionStage<Boolean> held = hold(latch);
    CompletionStage<Long> before = append("before");
    CompletionStage<T> outcome = work.get();
    CompletionStage<Long> after = append("after");
    latch.countDown();
    await(held);
    await(before);
    await(after);
    return outcome;
  }

  private void assertIntactLogOf(long entries) throws Exception {
    AuditVerification log = await(store.read(tx -> tx.auditLog().verify()));
    assertThat(log.intact()).isTrue();
    assertThat(log.entries()).isEqualTo(entries);
  }

  /** Takes the place of its own entry in the log. */
  private CompletionStage<Boolean> recordingWhatIsTaken() {
    return store.write(
        tx -> {
          long next = tx.auditLog().verify().entries() + 1;
          tx.audit().record("test", AuditAction.ENROLEE_ADDED, "row");
          tx.sql().run("INSERT INTO audit VALUES (?, 0, '', '', '', '', '', '')", next);
          return true;
        });
  }

  private CompletionStage<Long> refusedAfterWriting(String subject) {
    return store.write(
        tx -> {
          tx.audit().record("test", AuditAction.ENROLEE_ADDED, subject);
          throw Refusal.NAME_IN_USE.of("rn");
        });
  }
}
