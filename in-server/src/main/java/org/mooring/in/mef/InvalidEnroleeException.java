// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

/** An enrolee that can not be added; the message tells an operator what to change. */
public final class InvalidEnroleeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message names the field and what it takes, never a key
   */
  public InvalidEnroleeException(String message) {
    super(message);
  }
}
