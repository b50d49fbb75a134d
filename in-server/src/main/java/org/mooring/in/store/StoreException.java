// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

/** The store cannot do its work; the message says why and never contains a secret. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
