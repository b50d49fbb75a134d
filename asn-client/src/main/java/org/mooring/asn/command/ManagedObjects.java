// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.util.Optional;
import org.mooring.asn.vault.NodeState;

/** The tree of objects that MO_NODE commands point into. */
@FunctionalInterface
public interface ManagedObjects {
  /** The object at a path; empty where there is none. */
  Optional<ManagedObject> at(String objectPath, NodeState node);
}
