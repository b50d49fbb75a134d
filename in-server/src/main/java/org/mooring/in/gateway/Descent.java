// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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
 * Those that do not answer hold up so many requests each and so many together, and no others.
 */
public final class Descent {
  /** Requests whose answers may be due over one association. */
  static final int OVER_ONE = 16;

  /** And those of all associations. */
  static final int IN_ALL = 256;

  private final LiveSessions sessions;
  private final InstantSource clock;
  private final Map<KeyIdentifier, Integer> underWay = new HashMap<>();
  private int inAll;

  public Descent(LiveSessions sessions, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Sends a request that was made ready for it. Never waits.
   *
   * <p>Fails as {@link Forwarding#send}, NOT_REACHABLE also where no session stands, and at once
   * where too many answers are due, over the association or in all.
   *
   * @param credentials of the CSE, any of which may have opened the session
   * @param originalId the Request Identifier that the answer is to have
   */
  public CompletionStage<ResponsePrimitive> send(
      RequestPrimitive request, Collection<KeyIdentifier> credentials, String originalId) {
    return sessions
        .association(credentials)
        .map(live -> Forwarding.down(onward -> sent(live, onward), clock).send(request, originalId))
        .orElseGet(Descent::notReachable);
  }

  /**
   * Sends within the bounds. What is due stays so when the session is resumed or replaced: a CSE
   * has no more of it for making new ones.
   */
  private CompletionStage<ResponsePrimitive> sent(LiveSession live, RequestPrimitive request) {
    KeyIdentifier association = live.credential();
    if (!begin(association)) {
      return notReachable();
    }
    CompletionStage<ResponsePrimitive> answer = live.session().send(request);
    var unused = answer.whenComplete((ready, failure) -> end(association));
    return answer;
  }

  private synchronized boolean begin(KeyIdentifier association) {
    int over = underWay.getOrDefault(association, 0);
    if (inAll >= IN_ALL || over >= OVER_ONE) {
      return false;
    }
    underWay.put(association, over + 1);
    inAll++;
    return true;
  }

  private synchronized void end(KeyIdentifier association) {
    underWay.computeIfPresent(association, (key, over) -> over == 1 ? null : over - 1);
    inAll--;
  }

  private static CompletionStage<ResponsePrimitive> notReachable() {
    return CompletableFuture.failedStage(Refusal.NOT_REACHABLE.of("To"));
  }
}
