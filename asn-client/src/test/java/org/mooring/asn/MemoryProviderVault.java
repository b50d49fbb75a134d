// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.ApplicationOrders;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.ProviderVault;
import org.mooring.asn.vault.VaultException;
import org.mooring.asn.vault.VaultSlot;

/** A vault for several providers whose power a test cuts: from the n-th change on, all fail. */
final class MemoryProviderVault implements ProviderVault {
  private final int changesToLive;
  private int changes;
  private volatile boolean dead;
  private final Slot present = new Slot();
  private final Slot successor = new Slot();
  private final Slot former = new Slot();
  private final MemoryOrders orders = new MemoryOrders();

  MemoryProviderVault() {
    this(Integer.MAX_VALUE);
  }

  /**
   * @param changesToLive the last change that reaches the disk; who ordered it does not hear of it
   */
  MemoryProviderVault(int changesToLive) {
    this.changesToLive = changesToLive;
  }

  /** The same content with the power back. */
  synchronized MemoryProviderVault repowered() {
    MemoryProviderVault next = new MemoryProviderVault();
    next.present.state = present.state;
    next.successor.state = successor.state;
    next.former.state = former.state;
    return next;
  }

  boolean isDead() {
    return dead;
  }

  private synchronized void change(Runnable change) {
    if (dead) {
      throw new VaultException("vault: the power is off");
    }
    change.run();
    changes++;
    if (changes >= changesToLive) {
      dead = true;
      throw new VaultException("vault: the power is off");
    }
  }

  @Override
  public Optional<NodeState> read() {
    return present.read();
  }

  @Override
  public void write(NodeState state) {
    present.write(state);
  }

  @Override
  public VaultSlot successor() {
    return successor;
  }

  @Override
  public VaultSlot former() {
    return former;
  }

  @Override
  public ApplicationOrders applicationOrders() {
    return orders;
  }

  /** In two changes, as in files. */
  @Override
  public void promote() {
    change(() -> former.state = present.state);
    change(
        () -> {
          present.state = successor.state;
          successor.state = null;
        });
  }

  private final class Slot implements VaultSlot {
    private volatile @Nullable NodeState state;

    @Override
    public boolean isFilled() {
      return state != null;
    }

    @Override
    public Optional<NodeState> read() {
      return Optional.ofNullable(state);
    }

    @Override
    public void write(NodeState next) {
      change(() -> state = next);
    }

    @Override
    public boolean fill(NodeState first) {
      if (isFilled()) {
        return false;
      }
      change(() -> state = first);
      return true;
    }

    @Override
    public void erase() {
      change(() -> state = null);
    }
  }
}
