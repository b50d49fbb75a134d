// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.provider.FunctionRole;

/**
 * A request that came in a session, with whom it is from.
 *
 * @param principal of the session
 * @param originator From as given, or the client's SP-relative id where it was left out
 * @param request as it came, or as it goes on
 */
record OriginatedRequest(SecurityPrincipal principal, String originator, RequestPrimitive request) {
  /** The function that it is for. */
  FunctionRole role() {
    return principal.role();
  }

  /** The same originator's request as it goes on. */
  OriginatedRequest as(RequestPrimitive onward) {
    return new OriginatedRequest(principal, originator, onward);
  }
}
