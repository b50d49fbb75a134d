// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

/** A peer did not do what it was asked. */
public final class PeerFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PeerFailedException(String message) {
    super(message);
  }

  public PeerFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
