// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.mooring.asn.association.AssociationKeys;
import org.mooring.asn.association.Authentication;
import org.mooring.asn.association.KeyDistribution;
import org.mooring.asn.command.CertificateProvisioner;
import org.mooring.asn.command.ClientCommands;
import org.mooring.asn.command.CommandReport;
import org.mooring.asn.command.CommandSettings;
import org.mooring.asn.command.CommandTimer;
import org.mooring.asn.enrolment.Enrolment;
import org.mooring.asn.enrolment.Exchange;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.registration.LocalCse;
import org.mooring.asn.usim.Bootstrapping;
import org.mooring.asn.usim.Ub;
import org.mooring.asn.usim.Usims;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.FactoryCredentials;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.UsimCredential;
import org.mooring.common.dtls.EndpointCredential;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.primitive.Refusal;

/**
 * Performs steps: opens the session that a step needs, runs its procedure and measures it. One step
 * at a time; the session with the MAF is handed from authentication to the association that
 * follows, the one with the registrar stays.
 */
final class Walk implements AutoCloseable {
  /** For a node without a CSE that answers requests. */
  static final RequestHandler NOTHING_SERVED =
      inbound -> CompletableFuture.failedFuture(Refusal.NOT_REACHABLE.of("CSE"));

  private final Sessions sessions;
  private final StateKeeper keeper;
  private final ServerClock clock;
  private final Executor executor;
  private final Enrolment enrolment;
  private final Bootstrapping bootstrapping;
  private final Authentication authentication;
  private final KeyDistribution distribution;
  private final RegistrationSteps registration;
  private final CommandTimer commandTimer;
  private final ClientCommands commands;
  private final CertificateStep certificates;
  private final ApplicationErrands applications;
  private final MefVisits mefVisits;
  private final MafVisits mafVisits = new MafVisits();
  private final ApplicationStep applicationStep;
  private volatile boolean closed;

  Walk(
      SecureEndpointFactory endpoints,
      StateKeeper keeper,
      ServerClock clock,
      Executor executor,
      LocalCse localCse,
      CommandSettings settings,
      Consumer<CommandReport> onCommandReported,
      Consumer<AppInstance> onApplicationAnswered,
      Consumer<Throwable> onLinkLost,
      RequestHandler onRequest) {
    this.sessions = new Sessions(endpoints, keeper, executor);
    this.keeper = keeper;
    this.clock = clock;
    this.executor = executor;
    this.commandTimer = new CommandTimer(clock, settings.poll(), ThreadLocalRandom.current());
    this.mefVisits = new MefVisits(sessions, keeper, clock);
    this.certificates = new CertificateStep(keeper, clock, mefVisits);
    Renewals renewals = new Renewals(move -> perform(move, 0), keeper, clock, () -> closed);
    CertificateProvisioner own = new EstProvisioner(keeper, clock, renewals, certificates);
    this.commands =
        new ClientCommands(
            keeper, commandTimer, settings.orCertificates(own), renewals, onCommandReported);
    this.enrolment = new Enrolment(keeper, clock, commandTimer);
    this.bootstrapping = new Bootstrapping(keeper, clock, new Usims(keeper)::of, executor);
    this.authentication = new Authentication(keeper, clock);
    this.distribution = new KeyDistribution(keeper, clock);
    this.registration =
        new RegistrationSteps(sessions, keeper, clock, localCse, onLinkLost, onRequest);
    this.applications = new ApplicationErrands(keeper, clock, onApplicationAnswered);
    this.applicationStep =
        new ApplicationStep(sessions, keeper, clock, mafVisits, applications, onRequest);
  }

  /** The registration with the registrar and the session with it. */
  RegistrationSteps registration() {
    return registration;
  }

  /**
   * Performs a move.
   *
   * @param attempt failures before, which choose among several points of access
   */
  CompletionStage<StepReport> perform(LifePlan.Move move, int attempt) {
    if (move.step() != LifeStep.ASSOCIATE && move.step() != LifeStep.ASSOCIATE_APPLICATION) {
      dropMafSession();
    }
    return switch (move.step()) {
      case ENROL ->
          keeper.state().bootstrap() instanceof UsimCredential subscription
                  && move.rung() == Rung.BOOTSTRAP
              ? bootstrap(move, subscription)
              : enrol(move);
      case CONFIGURE -> configure(move);
      case AUTHENTICATE -> authenticate(move, attempt);
      case ASSOCIATE -> associate(move, attempt);
      case REGISTER -> register(move, attempt);
      case PROLONG -> registration.prolong(move);
      case ASSOCIATE_APPLICATION -> applicationStep.perform(attempt);
      case COMMANDS -> obey(move);
      case RENEW_CERTIFICATE -> certificates.renew(move);
    };
  }

  private CompletionStage<StepReport> enrol(LifePlan.Move move) {
    return mefVisits.within(
        move,
        visit ->
            enrolment
                .run(visit.exchange(), visit.session(), move.rung(), visit.identity())
                .thenApply(state -> visit.report(state, Rung.ENROLMENT)));
  }

  private CompletionStage<StepReport> bootstrap(LifePlan.Move move, UsimCredential subscription) {
    Stopwatch watch = new Stopwatch(move.step(), clock);
    Ub ub = Ub.open(subscription.ub());
    return bootstrapping
        .run(ub, subscription)
        .thenApply(state -> watch.report(state, Rung.ENROLMENT, ub.traffic()))
        .whenCompleteAsync((report, failure) -> ub.close(), executor);
  }

  private CompletionStage<StepReport> configure(LifePlan.Move move) {
    Stopwatch watch = new Stopwatch(move.step(), clock);
    Exchange exchange = sessions.toMef(Rung.BOOTSTRAP, false);
    return enrolment
        .configure(exchange)
        .thenApply(state -> watch.report(state, Rung.ENROLMENT, exchange.traffic()))
        .whenComplete((report, failure) -> exchange.close());
  }

  private CompletionStage<StepReport> authenticate(LifePlan.Move move, int attempt) {
    Stopwatch watch = new Stopwatch(move.step(), clock);
    return mafVisits.within(
        mafVisits.connected(sessions.toMaf(credential(move), attempt)),
        visit -> {
          if (move.tentative()) {
            enrolment.confirm();
          }
          return authentication
              .run(visit.exchange(), move.rung())
              .thenApply(state -> watch.report(state, Rung.MAF, visit.traffic()));
        });
  }

  private CompletionStage<StepReport> associate(LifePlan.Move move, int attempt) {
    Stopwatch watch = new Stopwatch(move.step(), clock);
    return mafVisits
        .begin(() -> sessions.toMaf(credential(move), attempt))
        .thenCompose(
            visit ->
                distribution
                    .run(visit.exchange(), visit.session())
                    .thenApply(state -> watch.report(state, Rung.ASSOCIATION, visit.traffic()))
                    .whenComplete((report, failure) -> visit.exchange().close()));
  }

  private CompletionStage<StepReport> register(LifePlan.Move move, int attempt) {
    return registration.register(
        move,
        credential(move),
        attempt,
        () -> {
          if (move.tentative()) {
            confirmAssociationKey(move.rung());
          }
        });
  }

  private void confirmAssociationKey(Rung rung) {
    if (rung == Rung.ENROLMENT) {
      enrolment.confirm();
    } else {
      distribution.confirm();
    }
  }

  private CompletionStage<StepReport> obey(LifePlan.Move move) {
    return mefVisits.within(
        move,
        visit ->
            commands
                .run(visit.exchange())
                .thenApply(state -> visit.report(state, visit.identity())));
  }

  /**
   * The state once a move that can wait was put off.
   *
   * @param reason why
   */
  NodeState postponed(LifePlan.Move move, NodeState state, String reason) {
    return move.step() == LifeStep.ASSOCIATE_APPLICATION
        ? applications.postponed(state, reason)
        : withCommandsPostponed(state);
  }

  private NodeState withCommandsPostponed(NodeState state) {
    return state.toBuilder().commands(commandTimer.postponed(state)).build();
  }

  /** An enrolment begins with the first credential that the MEF did not bar. */
  void beginEnrolment() {
    FactoryCredentials begun = keeper.state().factories().begun();
    if (begun.position() != keeper.state().factories().position()) {
      keeper.update(state -> state.toBuilder().factory(begun).build());
    }
  }

  /** Heeds a poll that is shorter than at the last start. */
  void heedPoll() {
    if (commandTimer.isTooLate(keeper.state())) {
      keeper.update(this::withCommandsPostponed);
    }
  }

  private EndpointCredential credential(LifePlan.Move move) {
    return move.tentative()
        ? AssociationKeys.ofTentative(keeper.state(), move.rung())
        : AssociationKeys.opening(keeper.state(), move.rung());
  }

  /** Closes the session with the MAF, where a step left one open. */
  void dropMafSession() {
    mafVisits.drop();
  }

  @Override
  public void close() {
    closed = true;
    sessions.close();
    mefVisits.close();
    mafVisits.close();
    registration.close();
  }
}
