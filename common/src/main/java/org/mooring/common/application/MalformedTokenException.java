// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.application;

/** A text that is no application token. */
public final class MalformedTokenException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param part what is at fault, never its value: the whole of a token is a secret
   */
  MalformedTokenException(String part) {
    super("token: " + part + "; get it from the application's issuer again, whole");
  }
}
