// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.application;

import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.NodeId;

/**
 * A node that a token lets run its application, named by the SP-relative CSE-ID that it enrolled
 * with or by its node id. The CSE-ID stands for the node's subscription, too: an M2M-Sub-ID never
 * leaves its provider (TS-0001 clause 7.1.6).
 *
 * @param value {@code /name}, or an M2M-Node-ID
 */
public record AllowedNode(String value) {
  /**
   * @throws IdentifierSyntaxException if the text is neither
   */
  public AllowedNode {
    if (!value.startsWith("/")) {
      value = new NodeId(value).value();
    } else if (new CseId(value).isAbsolute()) {
      throw new IdentifierSyntaxException("node", "write the CSE-ID without its provider, '/name'");
    }
  }

  /**
   * Whether it names a node.
   *
   * @param cseId the node's, in either form; its provider is the token's
   * @param nodeId the node's, where it is known
   */
  public boolean names(CseId cseId, Optional<NodeId> nodeId) {
    return value.equals(cseId.spRelative().value())
        || nodeId.filter(id -> id.value().equals(value)).isPresent();
  }

  @Override
  public String toString() {
    return value;
  }
}
