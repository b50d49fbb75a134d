// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.application.TokenValidity;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.SpId;
import org.mooring.common.identifier.TokenId;

/**
 * What the registry wrote down of a token. Its secret is kept apart, sealed.
 *
 * @param fingerprint tells its secret from others, also after it was wiped
 * @param nodes where instances may run
 * @param signingKey the {@code kid} of the key that signed it
 */
public record IssuedToken(
    TokenId id,
    AppId application,
    String fingerprint,
    TokenValidity validity,
    List<AllowedNode> nodes,
    ApprovedServices services,
    InstanceCaps caps,
    String signingKey,
    Standing standing,
    Instant issuedAt) {
  public IssuedToken {
    nodes = List.copyOf(nodes);
  }

  /** Whether instances may associate with an entity that is not their registrar. */
  public boolean grants(EntityId target) {
    SpId provider = new SpId(id.issuer());
    return services.targets().stream().anyMatch(named -> named.isSameAs(target, provider));
  }

  /**
   * Whether an instance that this token let in shares its association with one on its node that the
   * other let in.
   */
  public boolean sharesWith(IssuedToken other) {
    return services
        .share()
        .allows(application.equals(other.application()), other.services().share());
  }

  /** Whether instances may run on a node. */
  boolean allows(EntityId client, Optional<NodeId> nodeId) {
    SpId provider = new SpId(id.issuer());
    return nodes.stream().anyMatch(node -> node.names(client, nodeId, provider));
  }
}
