// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.util.Optional;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Vault;
import org.mooring.asn.vault.VaultException;

/**
 * A vault that a node in this process uses until it is cut off, as a process is from its files when
 * it dies.
 */
final class WatchedVault implements Vault {
  private final Vault files;
  private final VaultWatch watch;
  private boolean cut;

  WatchedVault(Vault files, VaultWatch watch) {
    this.files = files;
    this.watch = watch;
  }

  @Override
  public Optional<NodeState> read() {
    return files.read();
  }

  @Override
  public synchronized void write(NodeState state) {
    if (cut) {
      throw new VaultException("vault: the node that used it has ended");
    }
    files.write(state);
    watch.saw(state);
  }

  /** From now on nothing is written. */
  synchronized void cut() {
    cut = true;
  }
}
