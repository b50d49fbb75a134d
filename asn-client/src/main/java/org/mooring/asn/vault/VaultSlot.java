// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

/** The place of a state that a node does not always have. */
public interface VaultSlot extends Vault {
  /** Whether there is a state; asking opens nothing. */
  boolean isFilled();

  /**
   * Puts a state where there is none; of several processes at it one wins.
   *
   * @return false, and nothing changes, if there is one
   * @throws VaultException if it can not be written
   */
  boolean fill(NodeState state);

  /**
   * Destroys the state where there is one.
   *
   * @throws VaultException if that can not be done
   */
  void erase();
}
