// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import org.mooring.asn.vault.NodeState;

/** A node under load that has to come back by itself after every kill. */
interface LoadNode {
  Enrolled owner();

  /** What its vault holds now. */
  NodeState state();

  /** When the server answered over its association. */
  Answers answers();
}
