// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

/** A request that went unanswered through its last retransmission: the session may be gone. */
public final class NoAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param detail what was sent where, without content
   */
  public NoAnswerException(String detail) {
    super(detail);
  }
}
