// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.SpId;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.CseResources;

/**
 * Holds {@code From} against the identity that the session authenticated (TS-0004 clause 7.3.2.1,
 * TS-0003 clause 7.2). {@code From} never adds a right; it only names which of its own ids a
 * principal speaks as.
 */
public final class OriginatorCheck {
  private static final String FROM = "From";

  private final SpId sp;

  public OriginatorCheck(SpId sp) {
    this.sp = sp;
  }

  /**
   * The originator of a request for a trust resource, which is the client itself.
   *
   * @return From as given; without one, the client's SP-relative id
   */
  public String ofClient(SecurityPrincipal principal, RequestPrimitive request) {
    Optional<String> from = request.from();
    if (from.isPresent() && !isOwn(principal.client(), from.get())) {
      throw Refusal.WRONG_ORIGINATOR.of(FROM);
    }
    return from.orElseGet(() -> principal.client().spRelative().value());
  }

  /**
   * The originator of another request in an association with the CSE. The CSE knows what else an
   * associated entity may claim, from what is registered there, and holds its From against that
   * itself.
   *
   * @return From as given; for a registration, which may leave it out, the client's SP-relative id
   */
  public String inAssociation(SecurityPrincipal principal, RequestPrimitive request) {
    if (request.from().isEmpty() && !registersCse(request) && !registersAe(request)) {
      throw Refusal.MISSING_PARAMETER.of(FROM);
    }
    return request.from().orElseGet(() -> principal.client().spRelative().value());
  }

  /**
   * The originator of a request outside any association, where the provider allows such requests.
   *
   * @return From as given, empty for an AE that has no id yet
   */
  public String outsideAssociation(RequestPrimitive request) {
    String from = request.from().orElse("");
    if (CseId.isValid(from) && !AeId.isValid(from)) {
      throw Refusal.ASSOCIATION_REQUIRED.of(FROM);
    }
    if (registersAe(request)) {
      return from;
    }
    if (from.isEmpty()) {
      // What a CSE without From lacks is the association that would name it.
      Refusal refusal =
          registersCse(request) ? Refusal.ASSOCIATION_REQUIRED : Refusal.MISSING_PARAMETER;
      throw refusal.of(FROM);
    }
    if (!AeId.isValid(from) || !new AeId(from).isStem()) {
      throw Refusal.INVALID_PARAMETER.of(FROM);
    }
    return from;
  }

  /**
   * Whether the principal may speak as this id: an AE as itself, also by its stem alone; a CSE as
   * itself, and at the CSE as the C-type AE-IDs below it.
   */
  public boolean mayClaim(SecurityPrincipal principal, String from) {
    return isOwn(principal.client(), from) || isBelow(principal, from);
  }

  private boolean isOwn(EntityId client, String from) {
    return client instanceof AeId ae
        ? AeId.isValid(from) && isSame(ae, new AeId(from))
        : CseId.isValid(from) && new CseId(from).isSameAs((CseId) client, sp);
  }

  /** Whether an id is the AE's, in any form, the stem alone included. */
  public boolean isSame(AeId own, AeId from) {
    return from.isStem() ? from.value().equals(own.stem()) : from.isSameAs(own, sp);
  }

  private boolean isBelow(SecurityPrincipal principal, String from) {
    boolean isAssociated = principal instanceof SecurityPrincipal.AssociatedEntity;
    if (!isAssociated || !AeId.isValid(from) || !(principal.client() instanceof CseId own)) {
      return false;
    }
    AeId ae = new AeId(from);
    return ae.isAssignedByCse() && !ae.isStem() && ae.registrar().isSameAs(own, sp);
  }

  private static boolean registersCse(RequestPrimitive request) {
    return creates(request, CseResources.REMOTE_CSE.code());
  }

  private static boolean registersAe(RequestPrimitive request) {
    return creates(request, CseResources.AE.code());
  }

  private static boolean creates(RequestPrimitive request, int type) {
    return request.operation() == Operation.CREATE && request.resourceType().orElse(-1) == type;
  }
}
