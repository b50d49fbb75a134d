// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.util.Objects;
import java.util.Optional;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.EndpointContextMatcher;

/**
 * Ties CoAP exchanges to DTLS sessions (RFC 7252 clause 9.1): message ids and tokens are told apart
 * by session and not by address, and an answer counts only on the session and epoch of its request.
 * So a client that takes over another's address and message id is not mistaken for it, and one that
 * moves to another address under its connection id still is itself.
 */
final class SessionMatcher implements EndpointContextMatcher {

  @Override
  public String getName() {
    return "DTLS session and epoch";
  }

  @Override
  public Object getEndpointIdentity(EndpointContext context) {
    return SessionKey.of(context)
        .orElseThrow(() -> new IllegalArgumentException("message is bound to no DTLS session"));
  }

  @Override
  public boolean isResponseRelatedToRequest(EndpointContext request, EndpointContext response) {
    return isSameSession(request, response);
  }

  /** A message that starts a handshake is bound to no session yet; any other goes over its own. */
  @Override
  public boolean isToBeSent(EndpointContext message, EndpointContext connection) {
    return SessionKey.of(message).isEmpty()
        || (connection != null && isSameSession(message, connection));
  }

  @Override
  public String toRelevantState(EndpointContext context) {
    return context == null
        ? "no session"
        : SessionKey.of(context).map(SessionKey::toString).orElse("no session");
  }

  private static boolean isSameSession(EndpointContext one, EndpointContext other) {
    Optional<SessionKey> session = SessionKey.of(one);
    return session.isPresent()
        && session.equals(SessionKey.of(other))
        && Objects.equals(
            one.get(DtlsEndpointContext.KEY_EPOCH), other.get(DtlsEndpointContext.KEY_EPOCH));
  }
}
