// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Vault;

/** A vault that costs no disk: what is measured is then the server and the wire. */
public final class MemoryVault implements Vault {
  private volatile @Nullable NodeState state;

  @Override
  public Optional<NodeState> read() {
    return Optional.ofNullable(state);
  }

  @Override
  public void write(NodeState next) {
    state = next;
  }
}
