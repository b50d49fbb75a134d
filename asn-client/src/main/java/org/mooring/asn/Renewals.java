// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.mooring.asn.command.KeyRenewals;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.primitive.Failures;

/** Steps of the node's life that a command asks for while it is carried out. */
final class Renewals implements KeyRenewals {
  private final Function<LifePlan.Move, CompletionStage<StepReport>> steps;
  private final StateKeeper keeper;
  private final ServerClock clock;
  private final BooleanSupplier closed;

  /**
   * @param steps performs a move
   * @param closed whether the node is being stopped, so that a failure says nothing
   */
  Renewals(
      Function<LifePlan.Move, CompletionStage<StepReport>> steps,
      StateKeeper keeper,
      ServerClock clock,
      BooleanSupplier closed) {
    this.steps = steps;
    this.keeper = keeper;
    this.clock = clock;
    this.closed = closed;
  }

  @Override
  public CompletionStage<Void> registerKeyAtMef() {
    NodeState state = keeper.state();
    return renewed(LifePlan.atMef(state, clock.now(state), LifeStep.ENROL));
  }

  @Override
  public CompletionStage<Void> registerAtMaf() {
    return renewed(new LifePlan.Move(LifeStep.AUTHENTICATE, Rung.MAF, false));
  }

  @Override
  public CompletionStage<Void> registerKeyAtMaf() {
    return renewed(new LifePlan.Move(LifeStep.ASSOCIATE, Rung.MAF, false));
  }

  private CompletionStage<Void> renewed(LifePlan.Move move) {
    return learnt(move, steps.apply(move));
  }

  /** The step's end, with what its failure says about the node's keys in the vault. */
  CompletionStage<Void> learnt(LifePlan.Move move, CompletionStage<StepReport> step) {
    return step.<CompletionStage<Void>>handle(
            (report, failure) ->
                failure == null
                    ? CompletableFuture.completedFuture(null)
                    : failed(move, Failures.causeOf(failure)))
        .thenCompose(stage -> stage);
  }

  /** A failure says about the node's keys what it says elsewhere. */
  private CompletionStage<Void> failed(LifePlan.Move move, Throwable cause) {
    if (closed.getAsBoolean()) {
      return CompletableFuture.failedFuture(new CancellationException("the node is being stopped"));
    }
    keeper.update(state -> Setbacks.after(state, move, cause, false));
    return CompletableFuture.failedFuture(cause);
  }
}
