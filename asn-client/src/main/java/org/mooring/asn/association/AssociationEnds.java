// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.association;

import java.util.function.Predicate;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.SpId;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.ClientConfiguration;

/**
 * Between whom an association is. Tells requests of the one end for the other from those in
 * transit: another CSE's, or for one, whose answers are nobody's word at these ends.
 *
 * @param sp the provider of both, in which relative ids are read
 * @param client who opened it; the AEs registered with a CSE speak in its association too
 * @param peer with whom
 */
public record AssociationEnds(SpId sp, EntityId client, EntityId peer)
    implements Predicate<RequestPrimitive> {

  /** Of a node, with its registrar. */
  public static AssociationEnds ofNode(ClientConfiguration told) {
    return of(told, told.registrar());
  }

  /** Of a node, or an application on it, with another entity. */
  public static AssociationEnds of(ClientConfiguration told, EntityId peer) {
    return new AssociationEnds(told.registrar().sp(), told.entity(), peer);
  }

  /** Whether a request goes from the one to the other and no further. */
  @Override
  public boolean test(RequestPrimitive request) {
    boolean isForPeer = !request.to().startsWith("/") || isOfOrBelow(peer, request.to());
    return isForPeer && request.from().filter(from -> !isOfOrBelow(client, from)).isEmpty();
  }

  private boolean isOfOrBelow(EntityId entity, String id) {
    String absolute = id.startsWith("//") ? id : sp + id;
    String top = entity.absolute(sp).value();
    return absolute.equals(top) || absolute.startsWith(top + "/");
  }
}
