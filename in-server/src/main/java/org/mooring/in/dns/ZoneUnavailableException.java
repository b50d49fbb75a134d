// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

/** The DNS can be told of no name at the moment. The message has the remedy, and never a key. */
public final class ZoneUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  ZoneUnavailableException(String message) {
    super(message, null, false, false);
  }
}
