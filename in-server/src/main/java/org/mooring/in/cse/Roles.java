// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import java.util.Set;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.CredentialId;

/**
 * Which roles a request may use: an AE those in the allowedRole-IDs of rules that it matches as
 * they stand (TS-0001 clause 9.6.29, TS-0003 clause 7.4). So a role ends with the rule that allows
 * it. CSEs have none.
 */
final class Roles {
  private final CseId own;
  private final Originators originators;
  private final ServiceSubscriptions subscriptions;

  /**
   * @param own this CSE, SP-relative
   */
  Roles(CseId own, Originators originators, ServiceSubscriptions subscriptions) {
    this.own = own;
    this.originators = originators;
    this.subscriptions = subscriptions;
  }

  /**
   * The roles that a request names.
   *
   * @throws RefusedException ROLE_NOT_ALLOWED if its originator may not use one of them
   */
  Set<RoleId> used(
      CseStore store, Originator originator, Requester requester, RequestPrimitive request) {
    if (request.roles().isEmpty()) {
      return Set.of();
    }
    Set<String> allowed = allowed(store, originator, requester);
    if (!request.roles().stream().allMatch(role -> allowed.contains(role.toString()))) {
      throw Refusal.ROLE_NOT_ALLOWED.of("Role IDs");
    }
    return Set.copyOf(request.roles());
  }

  private Set<String> allowed(CseStore store, Originator originator, Requester requester) {
    if (!AeId.isValid(requester.id())) {
      return Set.of();
    }
    AeId ae = new AeId(requester.id());
    if (!originators.isOfThisCse(ae)) {
      return isFirstHand(originator, requester, ae)
          ? subscriptions.rolesOfInstance(store.resources(), ae)
          : Set.of();
    }
    Optional<CredentialId> credential =
        originator instanceof Originator.Associated associated
            ? associated.credential()
            : Optional.empty();
    return store
        .resources()
        .byId(ae.stem())
        .filter(found -> found.type() == CseResources.AE.code())
        .flatMap(found -> found.attributes().text("api"))
        .map(app -> new AeRegistration(credential, app, ae.stem()))
        .map(registration -> subscriptions.roles(store, own, registration))
        .orElse(Set.of());
  }

  /**
   * Whether an instance speaks in an association of its own or of the CSE with which it is
   * registered. That it has sent what another CSE sends on is that CSE's word alone.
   */
  private static boolean isFirstHand(Originator originator, Requester requester, AeId instance) {
    boolean isOwn =
        originator instanceof Originator.Associated associated
            && associated.principal().client() instanceof AeId;
    CseId registrar = instance.registrar().spRelative();
    return isOwn || requester.node().filter(registrar::equals).isPresent();
  }
}
