// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.in.credential.LiveSession;
import org.mooring.in.credential.LiveSessions;

/**
 * Sends requests down to CSEs that are registered here. They made the associations, and may be
 * where nobody reaches them but over these: the request goes the other way in the same session.
 */
public final class Descent {
  private final LiveSessions sessions;
  private final InstantSource clock;

  public Descent(LiveSessions sessions, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Sends a request that was made ready for it. Never waits.
   *
   * <p>Fails as {@link Forwarding#send}, NOT_REACHABLE also where no session stands.
   *
   * @param credentials of the CSE, any of which may have opened the session
   * @param originalId the Request Identifier that the answer is to have
   */
  public CompletionStage<ResponsePrimitive> send(
      RequestPrimitive request, Collection<KeyIdentifier> credentials, String originalId) {
    return sessions
        .association(credentials)
        .map(LiveSession::session)
        .map(session -> Forwarding.down(session::send, clock).send(request, originalId))
        .orElseGet(() -> CompletableFuture.failedStage(Refusal.NOT_REACHABLE.of("To")));
  }
}
