// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Vault;

/** A vault whose power a test cuts: from the n-th write on, every write fails. */
final class MemoryVault implements Vault {
  private final int writesToLive;
  private final boolean lastWriteReachesDisk;
  private volatile @Nullable NodeState stored;
  private volatile int writes;
  private volatile boolean dead;

  MemoryVault() {
    this(Integer.MAX_VALUE, true);
  }

  MemoryVault(int writesToLive, boolean lastWriteReachesDisk) {
    this.writesToLive = writesToLive;
    this.lastWriteReachesDisk = lastWriteReachesDisk;
  }

  @Override
  public Optional<NodeState> read() {
    return Optional.ofNullable(stored);
  }

  @Override
  public synchronized void write(NodeState state) {
    if (dead) {
      throw new PowerCut();
    }
    writes++;
    if (writes >= writesToLive) {
      dead = true;
      if (lastWriteReachesDisk) {
        stored = state;
      }
      throw new PowerCut();
    }
    stored = state;
  }

  boolean isDead() {
    return dead;
  }

  static final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
