// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

/** An import of enrolees that is to be undone as a whole; the cause is what one line has wrong. */
public final class InvalidImportException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int line;

  InvalidImportException(int line, InvalidEnroleeException cause) {
    super("line " + line + ": " + cause.getMessage(), cause);
    this.line = line;
  }

  public int line() {
    return line;
  }
}
