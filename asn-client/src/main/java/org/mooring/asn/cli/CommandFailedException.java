// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

/** A command that can not do its work; the message is for the terminal. */
final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailedException(String message) {
    super(message);
  }
}
