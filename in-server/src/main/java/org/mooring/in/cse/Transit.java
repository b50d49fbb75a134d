// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.in.authz.SecurityPrincipal.AssociatedEntity;
import org.mooring.in.provider.ServiceProvider;

/**
 * Requests for what other CSEs host (TS-0004 clauses 7.3.2.6 and 7.3.2.8): those for a CSE below
 * this one go to it or to the CSE that announced it, all others to this one's registrar.
 */
final class Transit {
  private final ServiceProvider provider;
  private final Originators originators;
  private final CseRegistrations registrations;
  private final Position position;

  Transit(
      ServiceProvider provider,
      Originators originators,
      CseRegistrations registrations,
      Position position) {
    this.provider = provider;
    this.originators = originators;
    this.registrations = registrations;
    this.position = position;
  }

  /** Whether a request is for another CSE; none that is malformed. */
  boolean isFor(RequestPrimitive request) {
    return AddressResolver.hostOf(request.to())
        .filter(host -> !host.isSameAs(provider.cse(), provider.sp()))
        .isPresent();
  }

  /**
   * The request as it goes on: From of an AE that is registered here names this CSE, and its
   * Request Identifier is told from those of others (TS-0001 clauses 7.1.7 and 7.2). What a
   * registered CSE sends on stays as it is.
   *
   * @throws org.mooring.common.primitive.RefusedException REGISTRATION_THROUGH_TRANSIT,
   *     UNKNOWN_ORIGINATOR for one that is not registered here, NO_SUCH_RESOURCE where the topmost
   *     CSE knows of no way, NOT_REACHABLE where there is none but back; for From as {@link
   *     Originators#identify}
   */
  Onward forwarded(CseStore store, Originator originator, RequestPrimitive request) {
    if (registers(request)) {
      throw Refusal.REGISTRATION_THROUGH_TRANSIT.of("To");
    }
    Requester requester = originators.identify(store, originator, request);
    if (originator instanceof Originator.Associated associated) {
      requireRegistered(store, associated.principal());
    }
    Optional<CseId> below = way(store, originator, requester, request);
    RequestPrimitive.Builder onward = request.toBuilder().from(requester.id());
    boolean isOfAe = requester.node().isEmpty() && !(originator instanceof Originator.ViaRegistrar);
    if (isOfAe) {
      onward.requestId(new AeId(requester.id()).stem() + "/" + request.requestId());
    }
    return new Onward(onward.build(), below);
  }

  /** Never back where the request came from: CSEs of which each holds the other for the way. */
  private Optional<CseId> way(
      CseStore store, Originator originator, Requester requester, RequestPrimitive request) {
    CseId host = AddressResolver.hostOf(request.to()).orElseThrow();
    Optional<CseId> below = registrations.wayTo(store, host);
    if (below.isEmpty() && position.registrar().isEmpty()) {
      throw Refusal.NO_SUCH_RESOURCE.of("To");
    }
    boolean isBack =
        below.isPresent()
            ? below.equals(requester.node())
            : originator instanceof Originator.ViaRegistrar;
    if (isBack) {
      throw Refusal.NOT_REACHABLE.of("To");
    }
    return below;
  }

  /** As {@link CseEndpoint#askedOnRefusal}. */
  Optional<RegistrarQuestion> askedOnRefusal(
      CseStore store, Originator.Associated originator, RequestPrimitive onward) {
    return Optional.of(originator.principal().client())
        .filter(AeId.class::isInstance)
        .map(AeId.class::cast)
        .flatMap(ae -> registered(store, ae))
        .filter(ae -> !new AeId(ae.id()).isAssignedByCse() || TrackedAes.isOne(ae))
        .map(
            ae ->
                new RegistrarQuestion(
                    new AeId(ae.id()),
                    ae.attributes().text("api").orElse(""),
                    originator.principal().credential(),
                    Optional.of(ae.times().expires()),
                    ReleaseVersion.RELEASE_3,
                    onward.requestId(),
                    onward.requestExpiration(),
                    Optional.empty()));
  }

  private static Optional<Resource> registered(CseStore store, AeId ae) {
    return store
        .resources()
        .byId(ae.stem())
        .filter(found -> found.type() == CseResources.AE.code());
  }

  private static boolean registers(RequestPrimitive request) {
    int type = request.resourceType().orElse(0);
    return request.operation() == Operation.CREATE
        && (type == CseResources.AE.code() || type == CseResources.REMOTE_CSE.code());
  }

  private static void requireRegistered(CseStore store, AssociatedEntity principal) {
    Optional<Resource> registration =
        principal.client() instanceof CseId cse
            ? store.resources().registrationOf(CseResources.REMOTE_CSE.code(), cse.spRelative())
            : registered(store, (AeId) principal.client());
    if (registration.isEmpty()) {
      throw Refusal.UNKNOWN_ORIGINATOR.of("From");
    }
  }
}
