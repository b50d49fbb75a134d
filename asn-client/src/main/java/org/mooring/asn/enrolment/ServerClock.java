// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.mooring.asn.vault.Lease;
import org.mooring.asn.vault.NodeState;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.TrustResourceNames;

/** The server's time on a node without a trusted clock, and the leases that are counted in it. */
public final class ServerClock {
  private final InstantSource local;
  private final RandomGenerator dice;

  /**
   * @param dice spreads renewals
   */
  public ServerClock(InstantSource local, RandomGenerator dice) {
    this.local = local;
    this.dice = dice;
  }

  public Instant localNow() {
    return local.instant();
  }

  /** The server's time as far as the state knows it. */
  public Instant now(NodeState state) {
    return state.serverTime(local.instant());
  }

  /**
   * Sets the node's clock by the creationTime of something that was created just now.
   *
   * @param fresh whether the resource can not be older than the request; an older one sets only a
   *     clock that was never set
   */
  public void setBy(Attributes answer, boolean fresh, NodeState state, NodeState.Builder next) {
    if (fresh || !state.clockIsSet()) {
      answer
          .timestamp(TrustResourceNames.CREATION_TIME)
          .ifPresent(time -> next.clockOffset(offset(time)));
    }
  }

  private Duration offset(Instant serverTime) {
    return Duration.between(local.instant(), serverTime);
  }

  /** The lease that an answer grants with its expirationTime; one without has no end. */
  public Lease leaseOf(Attributes answer, NodeState state) {
    Instant expires =
        answer.timestamp(TrustResourceNames.EXPIRATION_TIME).orElse(M2mTimestamp.NEVER);
    return leaseUntil(expires, state);
  }

  /** A lease from now to an end. */
  public Lease leaseUntil(Instant expires, NodeState state) {
    return Lease.granted(now(state), expires, dice.nextDouble());
  }

  /**
   * The lease of something whose end no answer told, for that was lost: due at once, since it may
   * end any time before {@code latest}.
   */
  public Lease leaseOfUnknownEnd(Instant latest, NodeState state) {
    return new Lease(latest, now(state));
  }
}
