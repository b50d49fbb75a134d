// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.mooring.asn.association.ApplicationAssociation;
import org.mooring.asn.enrolment.BadAnswerException;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.AppSetback;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.ResponseStatusCode;

/**
 * What the node does at the MAF for its applications, one instance at a time. A refusal is the
 * instance's alone: the node lives on, and asks again ever more seldom.
 */
final class ApplicationErrands {
  /** Most refusals last until an operator does something. */
  private static final Backoff AFTER_REFUSAL =
      new Backoff(Duration.ofMinutes(1), Duration.ofHours(6));

  private final StateKeeper keeper;
  private final ServerClock clock;
  private final ApplicationAssociation association;
  private final Consumer<AppInstance> told;

  /**
   * @param told of each instance about which the MAF has answered
   */
  ApplicationErrands(StateKeeper keeper, ServerClock clock, Consumer<AppInstance> told) {
    this.keeper = keeper;
    this.clock = clock;
    this.association = new ApplicationAssociation(keeper);
    this.told = told;
  }

  /**
   * Associates the instance, or gives it up where it is on its way out.
   *
   * @param session with the MAF, opened by the node's present Km
   */
  CompletionStage<NodeState> run(Sender sender, SecureSession session, AppInstance instance) {
    CompletionStage<NodeState> answered =
        instance.isLeaving()
            ? association.giveUp(sender, instance)
            : association.run(sender, session, instance);
    return answered
        .exceptionally(failure -> refused(instance, failure))
        .whenComplete(
            (state, failure) -> {
              if (state != null) {
                told.accept(state.appInstances().find(instance.id()).orElse(instance.parting()));
              }
            });
  }

  private NodeState refused(AppInstance instance, Throwable failure) {
    Throwable cause = Failures.causeOf(failure);
    if (!isAboutInstance(cause)) {
      throw new CompletionException(cause);
    }
    return keeper.update(
        state ->
            instance.isLeaving()
                ? state.toBuilder()
                    .appInstances(state.appInstances().without(instance.id()))
                    .build()
                : putOff(state, instance, Failures.reasonOf(cause)));
  }

  /** Else it is about the session, and that is the node's. */
  private static boolean isAboutInstance(Throwable cause) {
    return cause instanceof BadAnswerException
        || (cause instanceof RefusedAnswerException refused
            && refused.status() != ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED);
  }

  /** The state once all that is due waits, since the MAF can not be asked. */
  NodeState postponed(NodeState state, String reason) {
    NodeState next = state;
    Instant now = clock.now(state);
    while (ApplicationPlan.next(next, now).isPresent()) {
      next = putOff(next, ApplicationPlan.next(next, now).get(), reason);
    }
    return next;
  }

  private NodeState putOff(NodeState state, AppInstance instance, String reason) {
    return state.toBuilder()
        .appInstances(
            state
                .appInstances()
                .changed(instance.id(), now -> now.refused(next(now, state, reason))))
        .build();
  }

  private AppSetback next(AppInstance instance, NodeState state, String reason) {
    int attempts = instance.setback().map(AppSetback::attempts).orElse(0) + 1;
    Duration wait = AFTER_REFUSAL.after(attempts, ThreadLocalRandom.current());
    return new AppSetback(reason, attempts, clock.now(state).plus(wait));
  }
}
