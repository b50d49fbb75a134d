// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.util.Optional;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;

/**
 * The node in whose session an association was asked for.
 *
 * @param credential what authenticated the session, for the audit log
 * @param client its absolute CSE-ID, or AE-ID if it has no CSE
 * @param nodeId where it is known
 */
public record AskingNode(KeyIdentifier credential, EntityId client, Optional<NodeId> nodeId) {}
