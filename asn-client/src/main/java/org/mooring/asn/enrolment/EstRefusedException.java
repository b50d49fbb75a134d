// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import java.time.Duration;
import org.mooring.common.dtls.BareResponse;

/** The server answered an EST request, and refused. */
public final class EstRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_DIAGNOSTIC = 200;

  private final int coapCode;
  private final Duration retryAfter;

  EstRefusedException(BareResponse answer) {
    super(answer + " " + printable(answer.diagnostic()), null, false, false);
    this.coapCode = answer.coapCode();
    this.retryAfter = answer.maxAge();
  }

  /** Class times 100 plus detail; 403 is 4.03. */
  public int coapCode() {
    return coapCode;
  }

  /** The wait that the server asks for before another try; zero where it asks for none. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** The server's words end in logs and terminals: keep them short and visible. */
  private static String printable(String said) {
    String visible = said.replaceAll("[^\\x20-\\x7E]", "?");
    return visible.length() > LONGEST_DIAGNOSTIC
        ? visible.substring(0, LONGEST_DIAGNOSTIC) + "..."
        : visible;
  }
}
