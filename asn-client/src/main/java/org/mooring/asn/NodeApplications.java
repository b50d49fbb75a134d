// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mooring.asn.association.AssociationLink;
import org.mooring.asn.enrolment.ClientRegistration;
import org.mooring.asn.enrolment.Exchange;
import org.mooring.asn.enrolment.KeyRegistration;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.AppSetback;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.HeldToken;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.TentativeKey;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.TrustResourceNames;

/**
 * The applications that run on a node, for programs in the same JVM: install an instance with its
 * token, and open associations of its own once it has its key.
 *
 * <p>An instance is associated as soon as it is installed and the node is registered, whichever
 * comes last, and anew whenever the node's Km is another one.
 */
public final class NodeApplications {
  /** How often an association whose instance has no key any longer is looked at. */
  private static final Duration WITHOUT_KEY = Duration.ofHours(1);

  private final StateKeeper keeper;
  private final ServerClock clock;
  private final Sessions sessions;
  private final ScheduledExecutorService scheduler;
  private final Runnable wake;
  private final Set<ApplicationSession> open = ConcurrentHashMap.newKeySet();
  private final Map<AppInstanceId, CompletableFuture<AppInstance>> expected =
      new ConcurrentHashMap<>();

  NodeApplications(
      SecureEndpointFactory endpoints,
      StateKeeper keeper,
      ServerClock clock,
      ScheduledExecutorService scheduler,
      Runnable wake) {
    this.keeper = keeper;
    this.clock = clock;
    this.sessions = new Sessions(endpoints, keeper, scheduler);
    this.scheduler = scheduler;
    this.wake = wake;
  }

  /** The instances that are installed, associated or not. */
  public Collection<AppInstance> all() {
    return keeper.state().appInstances().all();
  }

  /**
   * Installs an instance, or gives one that is installed another token. It waits for the vault's
   * disk.
   *
   * @param id begins with C: it is the AE-ID-Stem too
   * @return completes once the MAF has answered: with the instance associated, or with one that has
   *     a setback
   * @throws org.mooring.common.identifier.IdentifierSyntaxException if the id is none
   * @throws IllegalArgumentException if another application has the id here; remove that first
   */
  public CompletionStage<AppInstance> install(ApplicationToken token, AppInstanceId id) {
    AppInstance fresh = AppInstance.installed(id, HeldToken.of(token));
    if (keeper.state().appInstances().isTaken(fresh)) {
      throw new IllegalArgumentException(id + " is another application's; remove that first");
    }
    CompletableFuture<AppInstance> answer =
        expected.computeIfAbsent(id, unknown -> new CompletableFuture<>());
    AppInstance now =
        keeper
            .update(
                state ->
                    state.toBuilder().appInstances(state.appInstances().installed(fresh)).build())
            .appInstances()
            .find(id)
            .orElseThrow();
    if (now.isAssociated() && livingKey(now).isPresent()) {
      answered(now);
    } else {
      wake.run();
    }
    return answer.minimalCompletionStage();
  }

  /** Gives an instance up; its keys are revoked at the MAF. It waits for the vault's disk. */
  public void remove(AppInstanceId id) {
    keeper.update(
        state -> state.toBuilder().appInstances(state.appInstances().parting(id)).build());
    Optional.ofNullable(expected.remove(id))
        .ifPresent(
            waiting -> waiting.completeExceptionally(new NotAssociatedException(id + ": removed")));
    wake.run();
  }

  /** Whoever installed it hears of it; one that is given up nobody waits for. */
  void answered(AppInstance instance) {
    if (instance.isLeaving()) {
      return;
    }
    Optional.ofNullable(expected.remove(instance.id()))
        .ifPresent(waiting -> waiting.complete(instance));
    open.forEach(ApplicationSession::look);
  }

  /**
   * Opens an association of an instance with the node's registrar: Ka opens a session with the MAF,
   * which distributes a Kc for the AE (TS-0003 clauses 8.8.2.3, 8.8.2.7 and 8.2.2.3). Where an
   * instance has another Ka, and before Kc ends, what was opened moves to the next one.
   *
   * <p>Fails with {@link NotAssociatedException} where it has no key that lives, {@code
   * HandshakeFailedException}, {@code NoAnswerException} or {@code RefusedAnswerException}.
   */
  public CompletionStage<ApplicationSession> open(AppInstanceId id) {
    return open(id, ClientConfiguration::registrar, kc -> sessions.toRegistrar(kc, 0));
  }

  /**
   * The same with another CSE or AE that the instance's token names. That one retrieves the key
   * from the MAF when it is shown the key's identifier.
   *
   * @param target SP-relative or absolute
   * @param where it takes sessions
   */
  public CompletionStage<ApplicationSession> open(
      AppInstanceId id, EntityId target, PointOfAccess where) {
    return open(
        id,
        told -> target.absolute(told.registrar().sp()),
        kc -> sessions.toTarget(kc, where, target));
  }

  private CompletionStage<ApplicationSession> open(
      AppInstanceId id,
      Function<ClientConfiguration, EntityId> target,
      Function<PskCredential, Supplier<Exchange>> sessionsWithIt) {
    Supplier<CompletionStage<ApplicationLink>> opener = () -> linked(id, target, sessionsWithIt);
    return opener
        .get()
        .thenApply(
            first -> {
              ApplicationSession session =
                  new ApplicationSession(
                      ae(id), first, opener, link -> rest(id, link), scheduler, open::remove);
              open.add(session);
              session.look();
              return session;
            });
  }

  private AeId ae(AppInstanceId id) {
    ClientConfiguration told = keeper.state().configuration().orElseThrow();
    return new AeId(told.cseId().spRelative() + "/" + id);
  }

  /** How long an association of an instance may stand as things are. */
  private Duration rest(AppInstanceId id, ApplicationLink link) {
    NodeState state = keeper.state();
    Optional<HeldKey> ka = livingKey(id);
    if (ka.isEmpty()) {
      return WITHOUT_KEY;
    }
    return link.isOf(ka.get().id())
        ? Duration.between(clock.now(state), link.renewAt())
        : Duration.ZERO;
  }

  /** An association by the Ka of the moment. */
  private CompletionStage<ApplicationLink> linked(
      AppInstanceId id,
      Function<ClientConfiguration, EntityId> target,
      Function<PskCredential, Supplier<Exchange>> sessionsWithIt) {
    Optional<HeldKey> ka = livingKey(id);
    if (ka.isEmpty()) {
      return CompletableFuture.failedFuture(notAssociated(id));
    }
    ClientConfiguration told = keeper.state().configuration().orElseThrow();
    return distributed(ka.get(), told.maf(), target.apply(told))
        .thenCompose(
            kc -> connected(kc, sessionsWithIt.apply(new PskCredential(kc.id(), kc.key()))));
  }

  private Optional<HeldKey> livingKey(AppInstanceId id) {
    return keeper.state().appInstances().find(id).flatMap(this::livingKey);
  }

  private Optional<HeldKey> livingKey(AppInstance instance) {
    return instance.key().filter(ka -> ka.lease().isAliveAt(clock.now(keeper.state())));
  }

  private NotAssociatedException notAssociated(AppInstanceId id) {
    String why =
        keeper
            .state()
            .appInstances()
            .find(id)
            .map(known -> known.setback().map(AppSetback::reason).orElse("not associated yet"))
            .orElse("not installed");
    return new NotAssociatedException(id + ": " + why);
  }

  /** A Kc for the target, of a session with the MAF that Ka opens; its parent is Ka. */
  private CompletionStage<HeldKey> distributed(HeldKey ka, Fqdn maf, EntityId target) {
    Exchange exchange = sessions.toMaf(new PskCredential(ka.id(), ka.key()), 0);
    return exchange
        .connect()
        .thenCompose(session -> distributed(exchange, session, maf, ka, target))
        .whenComplete((kc, failure) -> exchange.close());
  }

  private CompletionStage<HeldKey> distributed(
      Exchange exchange, SecureSession session, Fqdn maf, HeldKey ka, EntityId target) {
    return ClientRegistration.create(
            exchange, maf, TrustResourceNames.MAF_CLIENT_REG, List.of(), RequestIds.random())
        .thenCompose(
            registration -> {
              TentativeKey kc =
                  KeyRegistration.export(session, ExporterLabel.CONNECTION, maf, ka.id());
              return KeyRegistration.register(
                      exchange, maf, KeyUsage.DISTRIBUTED_FOR_ASSOCIATION, target.value(), kc)
                  .thenApply(registered -> kc.confirmed(clock.leaseOf(registered, keeper.state())));
            });
  }

  private static CompletionStage<ApplicationLink> connected(HeldKey kc, Supplier<Exchange> opener) {
    Exchange exchange = opener.get();
    return exchange
        .connect()
        .thenApply(
            session ->
                new ApplicationLink(
                    new AssociationLink(exchange, opener, kc.id(), lost -> {}),
                    kc.parent(),
                    kc.lease()))
        .whenComplete(
            (link, failure) -> {
              if (failure != null) {
                exchange.close();
              }
            });
  }

  /** Closes what applications opened. */
  void close() {
    open.forEach(ApplicationSession::close);
  }
}
