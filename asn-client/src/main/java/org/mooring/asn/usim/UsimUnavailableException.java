// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

/** The USIM gave no answer to the challenge: no reader, no card, or a card that refuses. */
public final class UsimUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong and what to do about it
   */
  public UsimUnavailableException(String message) {
    super(message, null, false, false);
  }
}
