// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.association.AssociationLink;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.Trouble;
import org.mooring.asn.vault.VaultException;
import org.mooring.common.primitive.Failures;

/**
 * The course of a node's life: asks the plan for the next step, has it taken, heeds what came of it
 * and goes on, or waits until there is more to do. One step at a time.
 */
final class LifeCourse implements AutoCloseable {
  private final Walk walk;
  private final StateKeeper keeper;
  private final ServerClock clock;
  private final Backoff backoff;
  private final ScheduledExecutorService scheduler;
  private final NodeListener listener;
  private final Alarm alarm;
  private final CompletableFuture<NodeState> registered = new CompletableFuture<>();
  private final LastFailure lastFailure = new LastFailure();
  private boolean working;
  private boolean linkIsDown;
  private @Nullable Runnable standDown;
  private boolean begun;
  private boolean closed;

  /**
   * @param walk takes the steps; closed with this
   * @param scheduler where steps are chosen and the listener is told
   */
  LifeCourse(
      Walk walk,
      StateKeeper keeper,
      ServerClock clock,
      Backoff backoff,
      ScheduledExecutorService scheduler,
      NodeListener listener) {
    this.walk = walk;
    this.keeper = keeper;
    this.clock = clock;
    this.backoff = backoff;
    this.scheduler = scheduler;
    this.listener = listener;
    this.alarm = new Alarm(scheduler, this::advance);
  }

  /** Goes on from the state that the keeper holds. */
  void start() {
    synchronized (this) {
      standDown = null;
      begun = true;
    }
    scheduler.execute(this::advance);
  }

  /** Looks whether there is more to do, if it was started. */
  synchronized void goOn() {
    if (begun && !closed) {
      scheduler.execute(this::advance);
    }
  }

  /**
   * Takes no further step until it is started again. The association stands meanwhile.
   *
   * @param then run on the scheduler once the step under way has ended
   */
  synchronized void standDown(Runnable then) {
    standDown = then;
    if (!working) {
      scheduler.execute(then);
    }
  }

  /** Bootstraps again though the enrolment lives; what the node has stays in use meanwhile. */
  void enrolAnew() {
    scheduler.execute(
        () -> {
          update(
              state ->
                  state
                      .key(Rung.ENROLMENT)
                      .filter(key -> state.keys().hopeful(Rung.ENROLMENT).isEmpty())
                      .map(key -> key.dueAt(clock.now(state)))
                      .map(due -> state.toBuilder().key(Rung.ENROLMENT, due).build())
                      .orElse(state),
              clock.localNow());
          advance();
        });
  }

  /** Completes when the node is registered for the first time since it was started. */
  CompletionStage<NodeState> registered() {
    return registered.minimalCompletionStage();
  }

  /** The session with the registrar, unless it broke. */
  synchronized Optional<AssociationLink> link() {
    return linkIsDown ? Optional.empty() : walk.registration().link();
  }

  /** Takes the next step; whatever goes wrong in choosing it, the node tries again. */
  private void advance() {
    try {
      takeNextStep();
    } catch (RuntimeException e) {
      Trouble trouble;
      synchronized (this) {
        working = false;
        Duration wait = backoff.after(1, ThreadLocalRandom.current());
        trouble =
            new Trouble("the next step", Failures.reasonOf(e), 1, clock.localNow().plus(wait));
        if (!closed) {
          alarm.setIn(wait);
        }
      }
      listener.failed(trouble);
    }
  }

  private void takeNextStep() {
    LifePlan.Move move;
    int attempt;
    synchronized (this) {
      if (closed || working || standDown != null) {
        return;
      }
      alarm.stop();
      walk.heedPoll();
      NodeState state = keeper.state();
      Instant now = clock.now(state);
      Optional<LifePlan.Move> next =
          LifePlan.next(state, now, link().map(AssociationLink::credential));
      if (next.isEmpty()) {
        walk.dropMafSession();
        alarm.setAfterRest(Duration.between(now, LifePlan.restUntil(state)));
        return;
      }
      move = next.get();
      if (move.step() == LifeStep.ENROL) {
        walk.beginEnrolment();
      }
      attempt = lastFailure.count();
      working = true;
    }
    perform(move, attempt)
        .whenCompleteAsync(
            (report, failure) -> {
              if (failure == null) {
                succeeded(move, report);
              } else {
                failed(move, Failures.causeOf(failure));
              }
            },
            scheduler);
  }

  private CompletionStage<StepReport> perform(LifePlan.Move move, int attempt) {
    try {
      return walk.perform(move, attempt);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void succeeded(LifePlan.Move move, StepReport report) {
    synchronized (this) {
      stepEnded();
      if (closed) {
        return;
      }
      if (lastFailure.isOverBy(move)) {
        forgetTrouble();
      }
      if (move.step() == LifeStep.REGISTER) {
        linkIsDown = false;
      }
    }
    listener.stepDone(report);
    if (move.step() == LifeStep.REGISTER) {
      listener.registered(keeper.state());
      registered.complete(keeper.state());
    }
    advance();
  }

  private void failed(LifePlan.Move move, Throwable cause) {
    Trouble trouble;
    synchronized (this) {
      stepEnded();
      if (closed) {
        return;
      }
      walk.dropMafSession();
      NodeState before = keeper.state();
      boolean again = lastFailure.isRepeatedBy(move, cause);
      Setbacks.Judgement judged = Setbacks.judge(before, move, cause, again);
      int count = lastFailure.add(move, cause, judged.goesOn());
      Duration wait =
          judged.leavesAnotherMove()
              ? Duration.ZERO
              : backoff.after(count, ThreadLocalRandom.current());
      Instant nextTry = clock.localNow().plus(wait);
      trouble = new Trouble(move.goal(keeper.state()), judged.reason(), count, nextTry);
      update(
          state -> {
            NodeState after = Setbacks.after(state, move, cause, again);
            NodeState kept =
                Setbacks.postpones(move, cause, count)
                    ? walk.postponed(move, after, judged.reason())
                    : after;
            return kept.toBuilder().trouble(trouble).build();
          },
          nextTry);
      alarm.setIn(wait);
    }
    listener.failed(trouble);
  }

  private void stepEnded() {
    working = false;
    if (standDown != null) {
      scheduler.execute(standDown);
    }
  }

  private void update(UnaryOperator<NodeState> change, Instant nextTry) {
    try {
      keeper.update(change);
    } catch (VaultException e) {
      // The disk is in trouble too: the node tries on with what it holds in memory.
      listener.failed(new Trouble("the vault", Failures.reasonOf(e), 1, nextTry));
    }
  }

  /** What is wrong stays told until that very step goes well or the node is registered. */
  private void forgetTrouble() {
    if (keeper.state().trouble().isPresent()) {
      update(state -> state.toBuilder().withoutTrouble().build(), clock.localNow());
    }
  }

  /** The session with the registrar was given up. */
  void linkLost(Throwable cause) {
    synchronized (this) {
      linkIsDown = true;
    }
    scheduler.execute(
        () -> {
          walk.registration().dropLink();
          Trouble trouble =
              new Trouble("the association", Failures.reasonOf(cause), 1, clock.localNow());
          synchronized (this) {
            if (closed) {
              return;
            }
            update(state -> state.toBuilder().trouble(trouble).build(), trouble.nextTry());
          }
          listener.failed(trouble);
          advance();
        });
  }

  /** Closes the sessions of all steps; the state stays for the next start. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      alarm.stop();
    }
    walk.close();
    registered.cancel(false);
  }
}
