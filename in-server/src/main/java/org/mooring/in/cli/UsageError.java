// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

/** Options that do not make sense: exit code 2 and this message. */
final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the option or field and what to write, never a secret
   */
  UsageError(String message) {
    super(message, null, false, false);
  }
}
