// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

/** An order on applications that can not be carried out; the message tells what to change. */
public final class InvalidApplicationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message names the field and what it takes, never a secret
   */
  public InvalidApplicationException(String message) {
    super(message);
  }
}
