// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;

/**
 * The node in whose session an association was asked for.
 *
 * @param credential what authenticated the session, for the audit log
 * @param client its absolute id
 * @param nodeId where it is known
 */
public record AskingNode(KeyIdentifier credential, CseId client, Optional<NodeId> nodeId) {}
