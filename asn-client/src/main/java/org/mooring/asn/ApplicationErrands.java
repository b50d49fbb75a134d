// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.mooring.asn.association.ApplicationAssociation;
import org.mooring.asn.enrolment.BadAnswerException;
import org.mooring.asn.enrolment.ClientRegistration;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.AppSetback;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.TrustResourceNames;

/**
 * What the node does at the MAF for its applications, one instance at a time. A refusal is the
 * instance's alone: the node lives on, and asks again ever more seldom.
 */
final class ApplicationErrands {
  /** Most refusals last until an operator does something. */
  private static final Backoff AFTER_REFUSAL =
      new Backoff(Duration.ofMinutes(1), Duration.ofHours(6));

  private static final Set<ResponseStatusCode> NOT_RELAYED =
      Set.of(
          ResponseStatusCode.BAD_REQUEST,
          ResponseStatusCode.NOT_FOUND,
          ResponseStatusCode.OPERATION_NOT_ALLOWED);

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
    this.association = new ApplicationAssociation(keeper, clock);
    this.told = told;
  }

  /**
   * Associates the instance, or gives it up where it is on its way out. To give one up of which an
   * answer was lost, its key has to be known first: asked again, the MAF answers the same.
   *
   * @param session with the MAF, opened by the node's present Km
   */
  CompletionStage<NodeState> run(Sender sender, SecureSession session, AppInstance instance) {
    CompletionStage<NodeState> asked =
        isGivenUp(instance)
            ? givenUp(sender, instance.token().maf(), instance)
            : associated(sender, session, instance);
    return settled(instance, asked, ApplicationErrands::isAboutInstance);
  }

  /**
   * Does the same in a session with the registrar, if that is an IN-CSE which relays it.
   *
   * @param session opened by an association key that came from the node's present Km
   */
  CompletionStage<NodeState> relayed(
      Sender sender, SecureSession session, Fqdn registrar, AppInstance instance) {
    CompletionStage<NodeState> asked =
        isGivenUp(instance)
            ? givenUp(sender, registrar, instance)
            : association.run(sender, session, registrar, instance);
    return settled(instance, asked, cause -> isAboutInstance(cause) && !isNotRelayed(cause));
  }

  private static boolean isGivenUp(AppInstance instance) {
    return instance.isLeaving() && !instance.isAsked();
  }

  /** Once the MAF has answered, a refusal is the instance's. */
  private CompletionStage<NodeState> settled(
      AppInstance instance,
      CompletionStage<NodeState> asked,
      Predicate<Throwable> isAboutInstance) {
    return asked
        .exceptionally(failure -> refused(instance, failure, isAboutInstance))
        .whenComplete(
            (state, failure) -> {
              if (state != null) {
                tell(state, instance);
              }
            });
  }

  private CompletionStage<NodeState> givenUp(Sender sender, Fqdn function, AppInstance instance) {
    return instance.mayLiveAt(clock.now(keeper.state()))
        ? association.giveUp(sender, function, instance)
        : CompletableFuture.completedFuture(forget(instance));
  }

  /** The MAF may have forgotten that the node is registered there; then it is told once more. */
  private CompletionStage<NodeState> associated(
      Sender sender, SecureSession session, AppInstance instance) {
    Fqdn maf = instance.token().maf();
    return association
        .run(sender, session, maf, instance)
        .exceptionallyCompose(
            failure ->
                isWithoutPrivilege(Failures.causeOf(failure))
                    ? registered(sender, maf)
                        .thenCompose(again -> association.run(sender, session, maf, instance))
                    : CompletableFuture.failedFuture(failure));
  }

  private static boolean isWithoutPrivilege(Throwable cause) {
    return cause instanceof RefusedAnswerException refused
        && refused.status() == ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE;
  }

  /** Of a registration that stands the answer is the same. */
  private static CompletionStage<Attributes> registered(Sender sender, Fqdn maf) {
    return ClientRegistration.create(
        sender, maf, TrustResourceNames.MAF_CLIENT_REG, List.of(), RequestIds.random());
  }

  private void tell(NodeState state, AppInstance instance) {
    Optional<AppInstance> known = state.appInstances().find(instance.id());
    boolean isInstalledAgain =
        instance.isLeaving() && known.filter(one -> !one.isLeaving()).isPresent();
    if (!isInstalledAgain) {
      told.accept(known.orElse(instance.parting()));
    }
  }

  private NodeState refused(
      AppInstance instance, Throwable failure, Predicate<Throwable> isAboutInstance) {
    Throwable cause = Failures.causeOf(failure);
    if (!isAboutInstance.test(cause)) {
      throw new CompletionException(cause);
    }
    // What could not be read may have been a key, and what was to be given up is there.
    boolean staysOpen = instance.isLeaving() || cause instanceof BadAnswerException;
    return keeper.update(
        state ->
            changed(
                state,
                instance,
                now -> {
                  AppSetback why = next(now, state, Failures.reasonOf(cause));
                  return staysOpen ? now.putOff(why) : now.refused(why);
                }));
  }

  private NodeState forget(AppInstance instance) {
    return keeper.update(
        state ->
            state.toBuilder().appInstances(state.appInstances().givenUp(instance.id())).build());
  }

  /** Else it is about the session, and that is the node's. */
  private static boolean isAboutInstance(Throwable cause) {
    return cause instanceof BadAnswerException
        || (cause instanceof RefusedAnswerException refused
            && refused.status() != ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED);
  }

  /**
   * A registrar may be no IN-CSE, or one that relays nothing. Its CSE misses From then, which is
   * left out at a trust function; with From it would answer a DELETE as if what is given up were
   * gone.
   */
  private static boolean isNotRelayed(Throwable cause) {
    return cause instanceof RefusedAnswerException refused
        && NOT_RELAYED.contains(refused.status());
  }

  /** The state once all that is due waits, since the MAF can not be asked. */
  NodeState postponed(NodeState state, String reason) {
    NodeState next = state;
    Instant now = clock.now(state);
    while (ApplicationPlan.next(next, now).isPresent()) {
      NodeState before = next;
      next =
          changed(
              before,
              ApplicationPlan.next(before, now).get(),
              instance -> instance.putOff(next(instance, before, reason)));
    }
    return next;
  }

  private static NodeState changed(
      NodeState state, AppInstance instance, UnaryOperator<AppInstance> change) {
    return state.toBuilder()
        .appInstances(state.appInstances().changed(instance.id(), change))
        .build();
  }

  private AppSetback next(AppInstance instance, NodeState state, String reason) {
    int attempts = instance.setback().map(AppSetback::attempts).orElse(0) + 1;
    Duration wait = AFTER_REFUSAL.after(attempts, ThreadLocalRandom.current());
    return new AppSetback(reason, attempts, clock.now(state).plus(wait));
  }
}
