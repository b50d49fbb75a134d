// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The one holder of a running node's state: nothing is used before the vault has it. */
public final class StateKeeper {
  private Vault vault;
  private volatile NodeState state;
  private boolean handedOver;

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
   * @throws VaultException if it can not be written, or was handed over; the state stays as it was
   */
  public synchronized NodeState update(UnaryOperator<NodeState> change) {
    if (handedOver) {
      throw new VaultException("vault: the node has moved to another provider; ask it again");
    }
    NodeState next = change.apply(state);
    vault.write(next);
    state = next;
    return next;
  }

  /** Passes the state on; if that goes well, nobody changes it here any more. */
  public synchronized void handOver(Consumer<NodeState> successor) {
    successor.accept(state);
    handedOver = true;
  }

  /** Keeps the state at another place from now on, where {@code move} has brought it. */
  public synchronized void relocate(Runnable move, Vault place) {
    move.run();
    vault = place;
  }
}
