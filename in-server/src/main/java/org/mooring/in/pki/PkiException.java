// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.pki;

/** What the CA can not do, with the remedy; the message holds no secret. */
public final class PkiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PkiException(String message) {
    super(message);
  }

  PkiException(String message, Throwable cause) {
    super(message, cause);
  }
}
