// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.in.authz.SecurityPrincipal.AssociatedEntity;
import org.mooring.in.provider.ServiceProvider;

/**
 * Requests for what other CSEs host, which a CSE below the topmost one sends on to its registrar
 * (TS-0004 clauses 7.3.2.6 and 7.3.2.8).
 */
final class Transit {
  private final ServiceProvider provider;
  private final Originators originators;

  Transit(ServiceProvider provider, Originators originators) {
    this.provider = provider;
    this.originators = originators;
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
   *     UNKNOWN_ORIGINATOR for one that is not registered here, NOT_REACHABLE for a CSE below this
   *     one; for From as {@link Originators#identify}
   */
  RequestPrimitive forwarded(
      CseStore store, Originator.Associated originator, RequestPrimitive request) {
    if (registers(request)) {
      throw Refusal.REGISTRATION_THROUGH_TRANSIT.of("To");
    }
    Requester requester = originators.identify(store, originator, request);
    requireRegistered(store, originator.principal());
    CseId host = AddressResolver.hostOf(request.to()).orElseThrow();
    boolean isBelow =
        store
            .resources()
            .registrationOf(CseResources.REMOTE_CSE.code(), host.spRelative())
            .isPresent();
    if (isBelow) {
      throw Refusal.NOT_REACHABLE.of("To (a CSE that registered here)");
    }
    RequestPrimitive.Builder onward = request.toBuilder().from(requester.id());
    if (originator.principal().client() instanceof AeId ae) {
      onward.requestId(ae.stem() + "/" + request.requestId());
    }
    return onward.build();
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
            : store.resources().byId(((AeId) principal.client()).stem());
    if (registration.isEmpty()) {
      throw Refusal.UNKNOWN_ORIGINATOR.of("From");
    }
  }
}
