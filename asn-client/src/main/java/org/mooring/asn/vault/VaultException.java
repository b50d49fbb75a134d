// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

/** A vault that can not be opened, read or written; the message says what to do. */
public sealed class VaultException extends RuntimeException permits PinRefusedException {
  private static final long serialVersionUID = 1L;

  public VaultException(String message) {
    super(message);
  }

  public VaultException(String message, Throwable cause) {
    super(message, cause);
  }
}
