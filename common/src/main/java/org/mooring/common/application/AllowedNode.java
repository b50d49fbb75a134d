// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.application;

import java.util.Optional;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.SpId;

/**
 * A node that a token lets run its application, named by the SP-relative CSE-ID (or, without a CSE,
 * AE-ID) that it enrolled with, or by its node id. That id stands for the node's subscription, too:
 * an M2M-Sub-ID never leaves its provider (TS-0001 clause 7.1.6).
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
    } else if (EntityId.of(value).isAbsolute()) {
      throw new IdentifierSyntaxException("node", "write the id without its provider, '/name'");
    }
  }

  /**
   * Whether it names a node.
   *
   * @param client its absolute CSE-ID, or its AE-ID if it has no CSE
   * @param nodeId its node id, where it is known
   * @param provider who issued the token
   */
  public boolean names(EntityId client, Optional<NodeId> nodeId, SpId provider) {
    return value.startsWith("/")
        ? EntityId.of(value).isSameAs(client, provider)
        : nodeId.filter(id -> id.value().equals(value)).isPresent();
  }

  @Override
  public String toString() {
    return value;
  }
}
