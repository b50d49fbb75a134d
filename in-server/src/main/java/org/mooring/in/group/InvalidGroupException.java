// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.group;

/** An order on a group that can not be carried out; the message tells what to change. */
public final class InvalidGroupException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message names the field and what it takes, never a key
   */
  public InvalidGroupException(String message) {
    super(message);
  }
}
