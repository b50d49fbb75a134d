// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.util.UUID;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.NodeId;

/** Makes the names of nodes for which the operator chose none. */
public final class NodeNames {
  private final CseIds cseIds = new CseIds();

  /**
   * What the provider knows a node by.
   *
   * @param entity SP-relative: the CSE-ID of its CSE, or the AE-ID of a node without one
   */
  public record Names(NodeId nodeId, EntityId entity) {}

  /** Names that no enrolee has. They are nobody's until an enrolee is added with them. */
  public Names unused(EnroleeStore store) {
    return new Names(randomNodeId(), unusedCseId(store));
  }

  CseId unusedCseId(EnroleeStore store) {
    while (true) {
      CseId id = cseIds.next(store.now());
      if (store.enrolees().findByEntity(id).isEmpty()) {
        return id;
      }
    }
  }

  static NodeId randomNodeId() {
    return new NodeId("urn:uuid:" + UUID.randomUUID());
  }
}
