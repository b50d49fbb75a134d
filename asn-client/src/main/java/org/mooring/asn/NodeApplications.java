// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
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
  private final StateKeeper keeper;
  private final ServerClock clock;
  private final Sessions sessions;
  private final Runnable wake;
  private final Map<AppInstanceId, CompletableFuture<AppInstance>> expected =
      new ConcurrentHashMap<>();

  NodeApplications(
      SecureEndpointFactory endpoints,
      StateKeeper keeper,
      ServerClock clock,
      Executor executor,
      Runnable wake) {
    this.keeper = keeper;
    this.clock = clock;
    this.sessions = new Sessions(endpoints, keeper, executor);
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
  }

  /**
   * Opens an association of an instance with the node's registrar: Ka opens a session with the MAF,
   * which distributes a Kc for the AE (TS-0003 clauses 8.8.2.3, 8.8.2.7 and 8.2.2.3).
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
    NodeState state = keeper.state();
    Optional<HeldKey> ka = state.appInstances().find(id).flatMap(this::livingKey);
    if (ka.isEmpty()) {
      return CompletableFuture.failedFuture(notAssociated(id));
    }
    ClientConfiguration told = state.configuration().orElseThrow();
    AeId ae = new AeId(told.cseId().spRelative() + "/" + id);
    return distributed(ka.get(), told.maf(), target.apply(told))
        .thenApply(kc -> new PskCredential(kc.id(), kc.key()))
        .thenCompose(kc -> connected(ae, kc, sessionsWithIt.apply(kc)));
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

  /** A Kc for the target, of a session with the MAF that Ka opens. */
  private CompletionStage<TentativeKey> distributed(HeldKey ka, Fqdn maf, EntityId target) {
    Exchange exchange = sessions.toMaf(new PskCredential(ka.id(), ka.key()), 0);
    return exchange
        .connect()
        .thenCompose(session -> distributed(exchange, session, maf, ka, target))
        .whenComplete((kc, failure) -> exchange.close());
  }

  private static CompletionStage<TentativeKey> distributed(
      Exchange exchange, SecureSession session, Fqdn maf, HeldKey ka, EntityId target) {
    return ClientRegistration.create(
            exchange, maf, TrustResourceNames.MAF_CLIENT_REG, List.of(), RequestIds.random())
        .thenCompose(
            registration -> {
              TentativeKey kc =
                  KeyRegistration.export(session, ExporterLabel.CONNECTION, maf, ka.id());
              return KeyRegistration.register(
                      exchange, maf, KeyUsage.DISTRIBUTED_FOR_ASSOCIATION, target.value(), kc)
                  .thenApply(registered -> kc);
            });
  }

  private static CompletionStage<ApplicationSession> connected(
      AeId ae, PskCredential kc, Supplier<Exchange> opener) {
    Exchange exchange = opener.get();
    return exchange
        .connect()
        .thenApply(
            session ->
                new ApplicationSession(
                    ae, new AssociationLink(exchange, opener, kc.identity(), lost -> {})))
        .whenComplete(
            (open, failure) -> {
              if (failure != null) {
                exchange.close();
              }
            });
  }
}
