// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mooring.asn.association.AssociationEnds;
import org.mooring.asn.association.AssociationLink;
import org.mooring.asn.enrolment.ClientRegistration;
import org.mooring.asn.enrolment.Exchange;
import org.mooring.asn.enrolment.KeyRegistration;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.AppSetback;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.TentativeKey;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.TrustResourceNames;

/**
 * Opens associations of applications: Ka opens a session with the MAF, which distributes a Kc
 * (TS-0003 clauses 8.8.2.3, 8.8.2.7 and 8.2.2.3).
 */
final class ApplicationOpener {
  private final StateKeeper keeper;
  private final ServerClock clock;
  private final Sessions sessions;

  ApplicationOpener(StateKeeper keeper, ServerClock clock, Sessions sessions) {
    this.keeper = keeper;
    this.clock = clock;
    this.sessions = sessions;
  }

  /**
   * Whom associations are with.
   *
   * @param target its absolute id, by what the node was told
   * @param sessions opens sessions with it by a key
   */
  record Destination(
      Function<ClientConfiguration, EntityId> target,
      Function<PskCredential, Supplier<Exchange>> sessions) {}

  /** The node's registrar. */
  Destination registrar() {
    return new Destination(ClientConfiguration::registrar, kc -> sessions.toRegistrar(kc, 0));
  }

  /** Another CSE or AE. */
  Destination other(EntityId target, PointOfAccess where) {
    return new Destination(
        told -> target.absolute(told.registrar().sp()), kc -> sessions.toTarget(kc, where, target));
  }

  /** The Ka of an instance while it lives; none of one that is on its way out. */
  Optional<HeldKey> livingKey(AppInstanceId id) {
    NodeState state = keeper.state();
    return state
        .appInstances()
        .find(id)
        .filter(instance -> !instance.isLeaving())
        .flatMap(AppInstance::key)
        .filter(ka -> ka.lease().isAliveAt(clock.now(state)));
  }

  /**
   * Opens an association by the Ka of the moment.
   *
   * <p>Fails with {@link NotAssociatedException} where there is none, {@code
   * HandshakeFailedException}, {@code NoAnswerException} or {@code RefusedAnswerException}.
   */
  CompletionStage<ApplicationLink> open(AppInstanceId id, Destination destination) {
    Optional<HeldKey> ka = livingKey(id);
    if (ka.isEmpty()) {
      return CompletableFuture.failedFuture(notAssociated(id));
    }
    ClientConfiguration told = keeper.state().configuration().orElseThrow();
    EntityId target = destination.target().apply(told);
    return distributed(ka.get(), told.maf(), target)
        .thenCompose(
            kc ->
                connected(
                    kc,
                    destination.sessions().apply(new PskCredential(kc.id(), kc.key())),
                    AssociationEnds.of(told, target)));
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

  private static CompletionStage<ApplicationLink> connected(
      HeldKey kc, Supplier<Exchange> opener, AssociationEnds ends) {
    Exchange exchange = opener.get();
    return exchange
        .connect()
        .thenApply(
            session ->
                new ApplicationLink(
                    new AssociationLink(exchange, opener, kc.id(), ends, lost -> {}),
                    kc.parent(),
                    kc.lease()))
        .whenComplete(
            (link, failure) -> {
              if (failure != null) {
                exchange.close();
              }
            });
  }
}
