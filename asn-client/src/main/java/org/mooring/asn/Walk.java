// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.association.AssociationEnds;
import org.mooring.asn.association.AssociationKeys;
import org.mooring.asn.association.AssociationLink;
import org.mooring.asn.association.Authentication;
import org.mooring.asn.association.KeyDistribution;
import org.mooring.asn.command.CertificateProvisioner;
import org.mooring.asn.command.ClientCommands;
import org.mooring.asn.command.CommandReport;
import org.mooring.asn.command.CommandSettings;
import org.mooring.asn.command.CommandTimer;
import org.mooring.asn.enrolment.CertificateProvisioning;
import org.mooring.asn.enrolment.CertificateProvisioning.Order;
import org.mooring.asn.enrolment.Enrolment;
import org.mooring.asn.enrolment.Exchange;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.registration.CseRegistration;
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
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.dtls.EndpointCredential;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
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
  private final Consumer<Throwable> onLinkLost;
  private final Enrolment enrolment;
  private final Bootstrapping bootstrapping;
  private final Authentication authentication;
  private final KeyDistribution distribution;
  private final CseRegistration registration;
  private final CommandTimer commandTimer;
  private final ClientCommands commands;
  private final CertificateProvisioning provisioning;
  private final ApplicationErrands applications;
  private final RequestHandler onRequest;
  private final MafVisits mafVisits = new MafVisits();
  private final ApplicationStep applicationStep;
  private @Nullable AssociationLink link;
  private @Nullable Exchange commandSession;
  private TrafficMeter.Reading pastLinks = TrafficMeter.Reading.ZERO;
  private boolean closed;

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
    this.onLinkLost = onLinkLost;
    this.onRequest = onRequest;
    this.commandTimer = new CommandTimer(clock, settings.poll(), ThreadLocalRandom.current());
    Renewals renewals = new Renewals(move -> perform(move, 0), keeper, clock, this::isClosed);
    CertificateProvisioner own =
        new EstProvisioner(keeper, clock, renewals, this::provideCertificate);
    this.commands =
        new ClientCommands(
            keeper, commandTimer, settings.orCertificates(own), renewals, onCommandReported);
    this.enrolment = new Enrolment(keeper, clock, commandTimer);
    this.bootstrapping = new Bootstrapping(keeper, clock, new Usims(keeper)::of, executor);
    this.authentication = new Authentication(keeper, clock);
    this.distribution = new KeyDistribution(keeper, clock);
    this.registration = new CseRegistration(keeper, clock, localCse);
    this.provisioning = new CertificateProvisioning(keeper, clock);
    this.applications = new ApplicationErrands(keeper, clock, onApplicationAnswered);
    this.applicationStep =
        new ApplicationStep(sessions, keeper, clock, mafVisits, applications, onRequest);
  }

  /** The session with the registrar while it stands. */
  synchronized Optional<AssociationLink> link() {
    return Optional.ofNullable(link);
  }

  /** What passed the sockets of all sessions with the registrar so far. */
  synchronized TrafficMeter.Reading associationTraffic() {
    return link == null ? pastLinks : pastLinks.plus(link.traffic());
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
      case PROLONG -> prolong(move);
      case ASSOCIATE_APPLICATION -> applicationStep.perform(attempt);
      case COMMANDS -> obey(move);
      case RENEW_CERTIFICATE -> renewCertificate(move);
    };
  }

  private CompletionStage<StepReport> enrol(LifePlan.Move move) {
    Stopwatch watch = new Stopwatch(move.step(), clock);
    KeyIdentifier identity = identityTowardMef(move);
    Exchange exchange = openMef(move);
    return exchange
        .connect()
        .thenCompose(
            session -> {
              confirmCertificate(move);
              return enrolment.run(exchange, session, move.rung(), identity);
            })
        .thenApply(state -> watch.report(state, Rung.ENROLMENT, exchange.traffic()))
        .whenComplete((report, failure) -> exchange.close());
  }

  private KeyIdentifier identityTowardMef(LifePlan.Move move) {
    return AssociationKeys.towardMef(keeper.state(), move.rung(), move.tentative()).identity();
  }

  private Exchange openMef(LifePlan.Move move) {
    return sessions.toMef(move.rung(), move.tentative());
  }

  /** The MEF has just taken the next certificate, where that was shown. */
  private void confirmCertificate(LifePlan.Move move) {
    if (move.tentative()) {
      keeper.update(
          state ->
              state.toBuilder()
                  .certificates(state.certificates().confirmed())
                  .failures(Rung.CERTIFICATE, 0)
                  .build());
    }
  }

  /** The next certificate bears the name of the newest. */
  private CompletionStage<StepReport> renewCertificate(LifePlan.Move move) {
    CertificateName name = keeper.state().certificates().newest().orElseThrow().name();
    return provideCertificate(move, Order.wellKnown(name, move.rung() == Rung.CERTIFICATE));
  }

  /** Has a certificate issued in a session by the move's credential. */
  CompletionStage<StepReport> provideCertificate(LifePlan.Move move, Order order) {
    Stopwatch watch = new Stopwatch(move.step(), clock);
    Exchange exchange = openMef(move);
    return exchange
        .connect()
        .thenCompose(
            session -> {
              confirmCertificate(move);
              return provisioning.run(exchange, session, order);
            })
        .thenApply(
            state ->
                watch.report(
                    state,
                    state.certificates().newest().orElseThrow().idAt(state.bootstrap().mef()),
                    exchange.traffic()))
        .whenComplete((report, failure) -> exchange.close());
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
    Stopwatch watch = new Stopwatch(move.step(), clock);
    EndpointCredential credential = credential(move);
    Supplier<Exchange> opener = serving(sessions.toRegistrar(credential, attempt));
    Exchange exchange = sessions.begun(opener.get());
    return exchange
        .connect()
        .thenCompose(
            session -> {
              if (move.tentative()) {
                confirmAssociationKey(move.rung());
              }
              return registration.run(exchange);
            })
        .thenApply(
            registered -> {
              StepReport report = watch.report(registered, move.rung(), exchange.traffic());
              keepLink(
                  new AssociationLink(
                      exchange,
                      opener,
                      credential.identity(),
                      AssociationEnds.ofNode(keeper.state().configuration().orElseThrow()),
                      onLinkLost));
              return report;
            })
        .whenComplete(
            (report, failure) -> {
              if (failure != null) {
                exchange.close();
              }
            });
  }

  /** The registrar sends requests of others over the association. */
  private Supplier<Exchange> serving(Supplier<Exchange> opener) {
    return () -> {
      Exchange opened = opener.get();
      opened.serve(onRequest);
      return opened;
    };
  }

  private void confirmAssociationKey(Rung rung) {
    if (rung == Rung.ENROLMENT) {
      enrolment.confirm();
    } else {
      distribution.confirm();
    }
  }

  private CompletionStage<StepReport> prolong(LifePlan.Move move) {
    Stopwatch watch = new Stopwatch(move.step(), clock);
    AssociationLink standing = link().orElseThrow();
    TrafficMeter.Reading before = standing.traffic();
    return registration
        .prolong(standing)
        .thenApply(state -> watch.report(state, move.rung(), standing.traffic().minus(before)));
  }

  /** Tells the registrar of the CSEs below this one, over the session that stands. */
  CompletionStage<Void> announce(Sender association, Collection<CseId> descendants) {
    return registration.announce(association, descendants);
  }

  private CompletionStage<StepReport> obey(LifePlan.Move move) {
    Stopwatch watch = new Stopwatch(move.step(), clock);
    KeyIdentifier identity = identityTowardMef(move);
    Exchange exchange = openMef(move);
    keepCommandSession(exchange);
    return exchange
        .connect()
        .thenCompose(
            session -> {
              confirmCertificate(move);
              return commands.run(exchange);
            })
        .thenApply(state -> watch.report(state, identity, exchange.traffic()))
        .whenComplete((report, failure) -> exchange.close());
  }

  /** It stays open beside those that the commands themselves need. */
  private synchronized void keepCommandSession(Exchange exchange) {
    commandSession = exchange;
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
    if (!begun.equals(keeper.state().factories())) {
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

  private synchronized void keepLink(AssociationLink fresh) {
    dropLink();
    if (closed) {
      fresh.close();
    } else {
      link = fresh;
    }
  }

  /** Closes the session with the registrar. */
  synchronized void dropLink() {
    if (link != null) {
      pastLinks = pastLinks.plus(link.traffic());
      link.close();
      link = null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    sessions.close();
    if (commandSession != null) {
      commandSession.close();
    }
    mafVisits.close();
    dropLink();
  }

  private synchronized boolean isClosed() {
    return closed;
  }
}
