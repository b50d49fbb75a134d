// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.function.UnaryOperator;

/** The one holder of a running node's state: nothing is used before the vault has it. */
public final class StateKeeper {
  private final Vault vault;
  private volatile NodeState state;

  /**
   * @param initial the state to start from; it is not written before the first change
   */
  public StateKeeper(Vault vault, NodeState initial) {
    this.vault = vault;
    this.state = initial;
  }

  public NodeState state() {
    return state;
  }

  /**
   * Writes the changed state and then makes it the current one. It waits for the disk, so network
   * threads stay away.
   *
   * @throws VaultException if it can not be written; the state stays as it was
   */
  public synchronized NodeState update(UnaryOperator<NodeState> change) {
    NodeState next = change.apply(state);
    vault.write(next);
    state = next;
    return next;
  }
}
