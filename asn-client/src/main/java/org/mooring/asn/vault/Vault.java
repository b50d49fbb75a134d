// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.Optional;

/** Where a node's state outlives the process. */
public interface Vault {
  /**
   * The state last written, or empty where none was.
   *
   * @throws VaultException if it can not be read
   */
  Optional<NodeState> read();

  /**
   * Replaces the state at once and as a whole; on return it survives a power cut.
   *
   * @throws VaultException if it can not be written; the old state stands
   */
  void write(NodeState state);
}
