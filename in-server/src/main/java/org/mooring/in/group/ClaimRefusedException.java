// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.group;

/** A handshake that gets no key of a group; the message is for the record, never for the peer. */
public final class ClaimRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  ClaimRefusedException(String reason) {
    super(reason, null, false, false);
  }
}
