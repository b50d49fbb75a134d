// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.key.SecretKeyBytes;

/** Where a USIM is. */
public sealed interface UsimChip {
  /**
   * In software: the key is in the vault, and the sequence numbers stand in the node's state.
   *
   * @param key K ‖ OPc, 16 octets each
   */
  record InSoftware(SecretKeyBytes key) implements UsimChip {
    /**
     * @throws IllegalArgumentException if the key has another length
     */
    public InSoftware {
      if (key.length() != 2 * SubscriberKey.OCTETS) {
        throw new IllegalArgumentException("USIM: give K and OPc, 16 octets each");
      }
    }
  }

  /**
   * On a card in a reader (PC/SC).
   *
   * @param reader a part of the reader's name; empty for the only one with a card
   */
  record OnCard(String reader) implements UsimChip {}
}
