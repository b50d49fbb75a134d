// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.HeldToken;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.resource.ClientConfiguration;

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
  private final ApplicationOpener opener;
  private final ScheduledExecutorService scheduler;
  private final Runnable wake;
  private final Set<SharedAssociation> open = ConcurrentHashMap.newKeySet();
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
    this.opener = new ApplicationOpener(keeper, clock, new Sessions(endpoints, keeper, scheduler));
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
    if (now.isAssociated() && opener.livingKey(id).isPresent()) {
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
    open.forEach(SharedAssociation::look);
    wake.run();
  }

  /** Whoever installed it hears of it; one that is given up nobody waits for. */
  void answered(AppInstance instance) {
    if (instance.isLeaving()) {
      return;
    }
    Optional.ofNullable(expected.remove(instance.id()))
        .ifPresent(waiting -> waiting.complete(instance));
    open.forEach(SharedAssociation::look);
  }

  /**
   * Opens an association of an instance with the node's registrar, or joins that of another with
   * which it shares by what both tokens say: Ka opens a session with the MAF, which distributes a
   * Kc for the AE (TS-0003 clauses 8.8.2.3, 8.8.2.7 and 8.2.2.3). Where an instance has another Ka,
   * and before Kc ends, what was opened moves to the next one; one that is shared goes on by the Ka
   * of another when the instance that opened it is removed.
   *
   * <p>Fails with {@link NotAssociatedException} where it has no key that lives, {@code
   * HandshakeFailedException}, {@code NoAnswerException} or {@code RefusedAnswerException}.
   */
  public CompletionStage<ApplicationSession> open(AppInstanceId id) {
    Optional<SharedAssociation> shared =
        opener.livingKey(id).flatMap(ka -> open.stream().filter(one -> one.join(id)).findFirst());
    return shared
        .map(one -> new ApplicationSession(ae(id), one))
        .<CompletionStage<ApplicationSession>>map(CompletableFuture::completedFuture)
        .orElseGet(() -> open(id, opener.registrar(), true));
  }

  /**
   * The same with another CSE or AE that the instance's token names. That one retrieves the key
   * from the MAF when it is shown the key's identifier. It is never shared.
   *
   * @param target SP-relative or absolute
   * @param where it takes sessions
   */
  public CompletionStage<ApplicationSession> open(
      AppInstanceId id, EntityId target, PointOfAccess where) {
    return open(id, opener.other(target, where), false);
  }

  private CompletionStage<ApplicationSession> open(
      AppInstanceId id, ApplicationOpener.Destination destination, boolean isOpenToOthers) {
    SharingInstances instances =
        new SharingInstances(keeper, clock, opener, destination, id, isOpenToOthers);
    return instances
        .open()
        .thenApply(
            first -> {
              SharedAssociation association =
                  new SharedAssociation(instances, first, scheduler, open::remove);
              open.add(association);
              association.look();
              return new ApplicationSession(ae(id), association);
            });
  }

  private AeId ae(AppInstanceId id) {
    ClientConfiguration told = keeper.state().configuration().orElseThrow();
    return new AeId(told.cseId().spRelative() + "/" + id);
  }

  /** Closes what applications opened. */
  void close() {
    open.forEach(SharedAssociation::close);
  }
}
