// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.command;

/** What an operator asked of a queue and does not get; the message names the field and a remedy. */
public final class CommandRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandRefusedException(String field, String remedy) {
    super(field + ": " + remedy, null, false, false);
  }
}
