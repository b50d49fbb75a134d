// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import org.mooring.asn.vault.NodeState;
import org.mooring.common.identifier.Fqdn;

/** Told of a node's life and of its changes of provider, on the node's executor. */
public interface SubscriptionListener extends NodeListener {
  /** The node enrols with another provider, whose MEF this is, and stays with its own meanwhile. */
  default void moving(Fqdn mef) {}

  /**
   * The node is with another provider from now on.
   *
   * @param present its state there
   */
  default void moved(NodeState present) {}

  /**
   * What the node had at a provider is destroyed.
   *
   * @param provider the registrar there, an absolute CSE-ID
   * @param complete whether every function there was told; else what it holds expires by itself
   */
  default void left(String provider, boolean complete) {}
}
