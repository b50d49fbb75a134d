// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

/** A command that could not do its work: exit code 1 and this message, without a stack trace. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int entry;

  /**
   * @param message what is wrong and what to do, never a secret
   */
  CommandFailure(String message) {
    this(message, 0);
  }

  /**
   * @param entry the entry of an import that is at fault, 1 for the first, 0 for none
   */
  CommandFailure(String message, int entry) {
    super(message, null, false, false);
    this.entry = entry;
  }

  int entry() {
    return entry;
  }
}
