// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.RegistrationPointChange;
import org.mooring.common.subscription.Decision;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.cse.RegistrarQuestion;
import org.mooring.in.cse.RegistrarsWord;
import org.mooring.in.cse.TrackedAe;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AEs that take a stem of this CSE's along (TS-0001 clause 10.2.2.2 case f): the registrar is
 * notified that one registers here. It is asked, too, whether one still counts as registered here,
 * since this CSE may be away when that changes; one that has registered elsewhere since is removed.
 */
public final class TrackedRegistrations {
  private static final Logger LOG = LoggerFactory.getLogger(TrackedRegistrations.class);

  private final Transactions<? extends GatewayStore> store;
  private final Forwarding forwarding;
  private final CseId own;
  private final CseId registrar;
  private final Doubts doubts = new Doubts(this::ask);

  /**
   * @param provider with this CSE as its CSE
   * @param registrar SP-relative
   */
  public TrackedRegistrations(
      Transactions<? extends GatewayStore> store,
      Forwarding forwarding,
      ServiceProvider provider,
      CseId registrar) {
    this.store = store;
    this.forwarding = forwarding;
    this.own = provider.cse();
    this.registrar = registrar;
  }

  /**
   * Has the registrar know that an AE registers here, which the service subscription lets. Where it
   * is registered here already, it has to have left, and that registration ends first: whatever
   * comes of this one, the registrar would say of neither that it has left. Where the registrar can
   * not be asked it stays. Never waits.
   *
   * <p>Fails with {@link RefusedException}: as {@link Forwarding#send} does, and NOT_REACHABLE
   * where the registrar refuses this CSE and not the AE, or hears of it too late.
   *
   * @param word what the service subscription says
   */
  CompletionStage<RegistrarsWord> admit(
      RegistrarQuestion question, RegistrarsWord.Subscribed word) {
    Optional<TrackedAe> before = question.tracking().flatMap(RegistrarQuestion.Tracking::before);
    if (before.isEmpty()) {
      return told(question, word);
    }
    RegistrarsWord here =
        new RegistrarsWord.Refused(
            word.credential(),
            Decision.refusalOfRegistered(question.release()),
            question.stem() + " is registered here, and the IN-CSE does not say that it has left");
    return hasLeft(before.get().stem(), question.expiration())
        .exceptionally(failure -> false)
        .thenCompose(
            left ->
                left
                    ? removed(before.get()).thenCompose(done -> told(question, word))
                    : CompletableFuture.completedStage(here));
  }

  private CompletionStage<RegistrarsWord> told(
      RegistrarQuestion question, RegistrarsWord.Subscribed word) {
    RequestPrimitive arrival =
        notification(RegistrationPointChange.arrivalOf(id(question.stem())), question.expiration());
    return forwarding
        .sendWhileAwaited(arrival, arrival.requestId())
        .thenApply(answer -> word(question, word, answer.status()));
  }

  /** A refusal is told to the AE as it comes, but for what is between the two CSEs. */
  private static RegistrarsWord word(
      RegistrarQuestion question, RegistrarsWord.Subscribed word, ResponseStatusCode status) {
    if (status.isSuccess()) {
      return word;
    }
    Refusal refusal =
        switch (status) {
          case ORIGINATOR_HAS_ALREADY_REGISTERED ->
              Decision.refusalOfRegistered(question.release());
          case ORIGINATOR_HAS_NO_PRIVILEGE -> Refusal.NO_PRIVILEGE;
          default ->
              throw Refusal.NOT_REACHABLE.of(
                  "registrar (it refuses the notification: " + status.code() + ")");
        };
    return new RegistrarsWord.Refused(
        word.credential(), refusal, "the IN-CSE refuses the notification of it: " + status.code());
  }

  /** Asks whether all that are registered here still count as that. Never waits. */
  public void checkAll() {
    var unused =
        store
            .read(CseEndpoint::trackedAes)
            .thenCompose(all -> checked(all, 0))
            .exceptionally(TrackedRegistrations::left);
  }

  /** One after the other, as far as the registrar answers: the next refresh asks anew. */
  private CompletionStage<Void> checked(List<TrackedAe> all, int next) {
    return next == all.size()
        ? CompletableFuture.completedStage(null)
        : doubts.about(all.get(next).stem()).thenCompose(done -> checked(all, next + 1));
  }

  /**
   * Asks whether an AE that is registered here still counts as that, and removes it if not. Where
   * the registrar can not be asked it stays. Never waits.
   */
  public void doubt(AeId stem) {
    var unused = doubts.about(stem).exceptionally(TrackedRegistrations::left);
  }

  private CompletionStage<Void> ask(AeId stem) {
    return store
        .read(tx -> CseEndpoint.trackedAe(tx, stem))
        .thenCompose(
            found ->
                found.isPresent() ? checked(found.get()) : CompletableFuture.completedStage(null));
  }

  private CompletionStage<Void> checked(TrackedAe ae) {
    return hasLeft(ae.stem(), Optional.empty())
        .thenCompose(left -> left ? removed(ae) : CompletableFuture.<Void>completedStage(null));
  }

  private CompletionStage<Void> removed(TrackedAe ae) {
    return store
        .write(
            tx -> {
              CseEndpoint.endMoved(tx, registrar.value(), ae);
              return true;
            })
        .thenAccept(done -> {});
  }

  private CompletionStage<Boolean> hasLeft(AeId stem, Optional<Instant> expiration) {
    RequestPrimitive question =
        notification(RegistrationPointChange.confirmationOf(id(stem)), expiration);
    return forwarding
        .send(question, question.requestId())
        .thenApply(
            answer -> answer.status() == ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED);
  }

  private RequestPrimitive notification(
      RegistrationPointChange change, Optional<Instant> expiration) {
    RequestPrimitive.Builder request =
        RequestPrimitive.builder(Operation.NOTIFY, registrar + "/-", RequestIds.random())
            .from(own.value())
            .content(change.toContent());
    expiration.ifPresent(request::requestExpiration);
    return request.build();
  }

  private AeId id(AeId stem) {
    return stem.spRelative(own);
  }

  private static Void left(Throwable failure) {
    LOG.debug("the registrar was not asked about AEs: {}", Failures.reasonOf(failure));
    return null;
  }
}
