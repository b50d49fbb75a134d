// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

/** A handshake that did not end well, told apart by how far it came. */
public final class HandshakeFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How far the handshake came. */
  public enum Stage {
    /** Nothing came back: the server is away, or the network lost everything. */
    NO_ANSWER,
    /**
     * The server answered, but its Finished never came: it does not know the identity or holds
     * another key (Scandium drops such handshakes in silence), or it died in between.
     */
    LAST_FLIGHT,
    /** The server refused with an alert, or this side found its messages unacceptable. */
    REFUSED
  }

  private final Stage stage;

  /**
   * @param detail one line without secrets
   */
  public HandshakeFailedException(Stage stage, String detail) {
    super(detail);
    this.stage = stage;
  }

  public Stage stage() {
    return stage;
  }
}
