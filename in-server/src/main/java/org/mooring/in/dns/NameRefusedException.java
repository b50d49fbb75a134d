// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

/** The DNS does not take one name; others may still be told. The message has the remedy. */
public final class NameRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  NameRefusedException(String message) {
    super(message, null, false, false);
  }
}
