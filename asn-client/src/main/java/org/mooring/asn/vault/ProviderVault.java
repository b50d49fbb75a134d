// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

/**
 * The states of one node at its service providers: what it reads and writes itself is the one at
 * the provider that it serves.
 *
 * <p>While there is a successor, a former state means nothing: a change of provider that was cut
 * off has left it.
 */
public interface ProviderVault extends Vault {
  /** The state at the provider that the node moves to. */
  VaultSlot successor();

  /** The state at the provider that the node takes its leave of. */
  VaultSlot former();

  /** What other processes want done about applications on the node. */
  ApplicationOrders applicationOrders();

  /**
   * Makes the present state the former one and the successor's the present one. A power cut leaves
   * both as they were, or both changed.
   *
   * @throws VaultException if it can not be written; the present state stands
   */
  void promote();
}
