// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.crypto;

import org.jspecify.annotations.Nullable;

/** There is no native provider that can be relied on; the message says why. */
public final class CryptoUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  CryptoUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
