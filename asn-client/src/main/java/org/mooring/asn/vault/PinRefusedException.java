// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

/**
 * A token that refuses the PIN. Trying again with the same one helps nobody, and a token locks
 * itself after a few tries.
 */
public final class PinRefusedException extends VaultException {
  private static final long serialVersionUID = 1L;

  PinRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
