// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Told of sessions as they come and go; called on a DTLS thread, so it must return at once. */
public interface SessionObserver {
  /** Takes no notice. */
  SessionObserver NONE =
      new SessionObserver() {
        @Override
        public void established(SecureSession session) {}

        @Override
        public void closed(SecureSession session) {}

        @Override
        public void handshakeFailed(
            InetSocketAddress peer, Optional<String> pskIdentity, String reason) {}
      };

  /** A handshake, full or abbreviated, ended well. Called before the first request is handed on. */
  void established(SecureSession session);

  /** The session is gone: closed by either side, replaced, evicted or timed out. */
  void closed(SecureSession session);

  /**
   * A handshake failed.
   *
   * @param pskIdentity what the client had shown by then
   * @param reason one line for the record, without secrets
   */
  void handshakeFailed(InetSocketAddress peer, Optional<String> pskIdentity, String reason);
}
