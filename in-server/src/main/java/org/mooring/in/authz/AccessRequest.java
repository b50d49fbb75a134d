// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.net.InetAddress;
import java.util.OptionalInt;
import java.util.Set;
import org.mooring.common.identifier.RoleId;

/**
 * What a decision is made on, beside policies and time (TS-0003 clause 7.1.2).
 *
 * @param originator From as an absolute identifier
 * @param roles the roles that the request names and its originator may use
 * @param operation what it needs
 * @param target the type of the resource that {@code To} names
 * @param created the type to be created by a CREATE
 * @param authenticated whether the originator itself is at the other end of a security association
 *     (rq_authn)
 * @param addresses where the originator is, each of which has to fit; none if that is not known:
 *     what came through another CSE came from elsewhere
 */
public record AccessRequest(
    String originator,
    Set<RoleId> roles,
    AccessControlOperation operation,
    int target,
    OptionalInt created,
    boolean authenticated,
    Set<InetAddress> addresses) {
  public AccessRequest {
    roles = Set.copyOf(roles);
    addresses = Set.copyOf(addresses);
  }
}
