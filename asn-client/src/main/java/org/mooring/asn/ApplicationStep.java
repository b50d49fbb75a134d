// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.association.AssociationKeys;
import org.mooring.asn.enrolment.Exchange;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.HandshakeFailedException;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Failures;

/**
 * The step that associates an application or gives one up: at the MAF, or where that does not
 * answer, through the IN-CSE, which relays it (design section 4). On either way a proof goes into a
 * session that a full handshake made for it, and the association that stands is left alone.
 */
final class ApplicationStep {
  private final Sessions sessions;
  private final StateKeeper keeper;
  private final ServerClock clock;
  private final MafVisits visits;
  private final ApplicationErrands errands;
  private final RequestHandler onRequest;

  /**
   * @param onRequest answers what the registrar sends meanwhile: it takes the youngest session
   */
  ApplicationStep(
      Sessions sessions,
      StateKeeper keeper,
      ServerClock clock,
      MafVisits visits,
      ApplicationErrands errands,
      RequestHandler onRequest) {
    this.sessions = sessions;
    this.keeper = keeper;
    this.clock = clock;
    this.visits = visits;
    this.errands = errands;
    this.onRequest = onRequest;
  }

  /**
   * Performs it for the instance that is due.
   *
   * @param attempt failures before, which choose among several points of access
   */
  CompletionStage<StepReport> perform(int attempt) {
    Stopwatch watch = new Stopwatch(LifeStep.ASSOCIATE_APPLICATION, clock);
    NodeState before = keeper.state();
    Optional<AppInstance> due = ApplicationPlan.next(before, clock.now(before));
    if (due.isEmpty()) {
      // It was removed since the plan was made.
      return CompletableFuture.completedFuture(
          watch.report(before, Rung.MAF, TrafficMeter.Reading.ZERO));
    }
    return atMaf(watch, due.get(), attempt)
        .exceptionallyCompose(
            failure -> {
              Throwable cause = Failures.causeOf(failure);
              return isSilence(cause) && hasWayThroughRegistrar()
                  ? throughRegistrar(watch, due.get(), attempt, cause)
                  : CompletableFuture.failedFuture(cause);
            });
  }

  private CompletionStage<StepReport> atMaf(Stopwatch watch, AppInstance due, int attempt) {
    return visits.within(
        visits.begin(
            () -> sessions.toMaf(AssociationKeys.opening(keeper.state(), Rung.MAF), attempt)),
        visit ->
            errands
                .run(visit.exchange(), visit.session(), due)
                .thenApply(state -> watch.report(state, Rung.MAF, visit.traffic())));
  }

  private static boolean isSilence(Throwable cause) {
    return cause instanceof NoAnswerException
        || (cause instanceof HandshakeFailedException handshake
            && handshake.stage() == Stage.NO_ANSWER);
  }

  /**
   * The MAF derives Ka from the Km that the association came from: it has to be the present one.
   */
  private boolean hasWayThroughRegistrar() {
    NodeState state = keeper.state();
    Optional<KeyIdentifier> km = state.key(Rung.MAF).map(HeldKey::id);
    return state.isUsable(Rung.ASSOCIATION, clock.now(state))
        && km.isPresent()
        && state.key(Rung.ASSOCIATION).map(HeldKey::parent).equals(km);
  }

  /**
   * @param silence of the MAF, which is what is told where this fails too
   */
  private CompletionStage<StepReport> throughRegistrar(
      Stopwatch watch, AppInstance due, int attempt, Throwable silence) {
    NodeState state = keeper.state();
    Fqdn registrar = state.configuration().orElseThrow().registrarFqdn();
    Exchange exchange =
        sessions.begun(
            sessions.toRegistrar(AssociationKeys.opening(state, Rung.ASSOCIATION), attempt).get());
    exchange.serve(onRequest);
    return exchange
        .connect()
        .thenCompose(session -> errands.relayed(exchange, session, registrar, due))
        .thenApply(after -> watch.report(after, Rung.ASSOCIATION, exchange.traffic()))
        .whenComplete((report, failure) -> exchange.close())
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(silence));
  }
}
