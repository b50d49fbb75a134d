// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;

/**
 * One request while it is carried out.
 *
 * @param store the transaction it runs in
 * @param originator as the transport told
 * @param requester the originator, checked
 * @param request the request
 * @param roles those that it names, checked
 * @param word what the registrar of this CSE was asked for it; empty while it was not asked
 */
record Call(
    CseStore store,
    Originator originator,
    Requester requester,
    RequestPrimitive request,
    Set<RoleId> roles,
    Optional<RegistrarsWord> word) {

  Instant now() {
    return store.now();
  }

  ResourceRepository resources() {
    return store.resources();
  }

  /**
   * Whether the originator itself authenticated (TS-0003 clause 7.1.2), and not a CSE that it is
   * behind.
   */
  boolean isOriginatorAuthenticated() {
    return originator instanceof Originator.Associated associated
        && (associated.principal().client() instanceof AeId
            || associated.principal().client().spRelative().value().equals(requester.id()));
  }

  /** Where the originator is; what a CSE sends on for another came from elsewhere. */
  Set<InetAddress> addresses() {
    return originator instanceof Originator.Open || isOriginatorAuthenticated()
        ? originator.addresses()
        : Set.of();
  }

  /**
   * @throws RefusedException MISSING_PARAMETER if there is none
   */
  Representation content() {
    Optional<Representation> content = request.content();
    return content.orElseThrow(() -> Refusal.MISSING_PARAMETER.of("Content"));
  }
}
