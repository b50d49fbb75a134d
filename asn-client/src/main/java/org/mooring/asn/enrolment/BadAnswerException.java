// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

/** The server agreed, but its answer is not one to the request: nothing of it may be used. */
public final class BadAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param detail what was wrong, without values
   */
  public BadAnswerException(String detail) {
    super("bad answer: " + detail, null, false, false);
  }
}
