// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/** The server answered, and refused. */
public final class RefusedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_DEBUG_INFO = 200;

  private final ResponseStatusCode status;

  public RefusedAnswerException(ResponsePrimitive answer) {
    super(answer.status().code() + " " + printable(answer), null, false, false);
    this.status = answer.status();
  }

  public ResponseStatusCode status() {
    return status;
  }

  /** The server's words end in logs and terminals: keep them short and visible. */
  private static String printable(ResponsePrimitive answer) {
    String said = answer.debugInfo().orElse(answer.status().toString());
    String visible = said.replaceAll("[^\\x20-\\x7E]", "?");
    return visible.length() > LONGEST_DEBUG_INFO
        ? visible.substring(0, LONGEST_DEBUG_INFO) + "..."
        : visible;
  }
}
