// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.util.Optional;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.util.Bytes;
import org.eclipse.californium.scandium.dtls.DTLSContext;

/**
 * Identifies a DTLS session together with the handshake that made its keys. A resumption keeps the
 * session id, so that alone would not do.
 *
 * @param sessionId never empty, because the extended master secret is required
 * @param handshakeTime when the handshake ended, milliseconds since 1970
 */
record SessionKey(Bytes sessionId, long handshakeTime) {

  static SessionKey of(DTLSContext context) {
    return new SessionKey(
        context.getSession().getSessionIdentifier(), context.getLastHandshakeTime());
  }

  /** The session that a message came over or is bound to; empty before a handshake. */
  static Optional<SessionKey> of(EndpointContext context) {
    Bytes sessionId = context.get(DtlsEndpointContext.KEY_SESSION_ID);
    Long handshakeTime = context.get(DtlsEndpointContext.KEY_HANDSHAKE_TIMESTAMP);
    return sessionId == null || handshakeTime == null
        ? Optional.empty()
        : Optional.of(new SessionKey(sessionId, handshakeTime));
  }

  // By hand, as is hashCode: a record's own is put together at its first call, dear at a start.
  @Override
  public boolean equals(Object other) {
    return other instanceof SessionKey that
        && handshakeTime == that.handshakeTime
        && sessionId.equals(that.sessionId);
  }

  @Override
  public int hashCode() {
    return 31 * sessionId.hashCode() + Long.hashCode(handshakeTime);
  }

  @Override
  public String toString() {
    return sessionId.getAsString() + "-" + Long.toHexString(handshakeTime);
  }
}
