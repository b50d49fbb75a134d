// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.credential;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.provider.FunctionRole;

/**
 * One PSK identity that a handshake may show. Its key is kept apart, sealed.
 *
 * @param identity canonical, unique over all kinds and providers, never used again
 * @param kind what key stands behind it
 * @param role the function it opens a session with; of a Ks, the one where nobody names another
 * @param client the absolute CSE-ID of the client it authenticates
 * @param parent the credential whose session made it, its own identity where none did
 * @param group names the line of generations it belongs to, see {@link Generations}
 * @param status where it stands in its life
 * @param expiresAt when it ends
 */
public record Credential(
    KeyIdentifier identity,
    Kind kind,
    FunctionRole role,
    EntityId client,
    KeyIdentifier parent,
    String group,
    Status status,
    Instant expiresAt) {

  /** The keys of the ladder. */
  public enum Kind {
    KPM,
    /** A certificate or raw public key: no key of it is here. */
    CERTIFICATE,
    /** A subscription with a USIM: its key is the HSS's. */
    USIM,
    /** The key of a GBA bootstrapping: each function has another Ks_NAF of it. */
    KS,
    KE,
    KM,
    /** Only where it was pre-provisioned: one that the MEF provisioned is a KE of usage 22. */
    KPSA,
    KC,
    /** Of an application instance: it opens sessions with the MAF, as Km does of a node. */
    KA
  }

  /** The life of a generation: pending, current, superseded, gone; or revoked at any point. */
  public enum Status {
    /** Registered, not yet used; a newer pending one replaces it. */
    PENDING,
    /** In use since its target accepted a request under it. */
    CURRENT,
    /**
     * Opens no handshake, what it made lives to its own end: a newer generation is in use, or it
     * was retired.
     */
    SUPERSEDED,
    /** Ended with everything derived from it. */
    REVOKED,
    /** Gone, its identity kept so that no other key takes it. */
    REMOVED
  }

  /** Whether a handshake may use it at this time. */
  public boolean opensHandshakeAt(Instant now) {
    return (status == Status.PENDING || status == Status.CURRENT) && now.isBefore(expiresAt);
  }

  /** Why no handshake may use it at this time, in one line; empty where one may. */
  public Optional<String> obstacleAt(Instant now) {
    if (!now.isBefore(expiresAt)) {
      return Optional.of("the credential expired");
    }
    return opensHandshakeAt(now)
        ? Optional.empty()
        : Optional.of("the credential is " + status.name().toLowerCase(Locale.ROOT));
  }

  /** Whether a session that it opened may go on at this time. */
  public boolean keepsSessionAt(Instant now) {
    return status != Status.REVOKED && status != Status.REMOVED && now.isBefore(expiresAt);
  }

  /** Whether no session made it: the client came with it from the factory. */
  public boolean isRoot() {
    return parent.equals(identity);
  }

  /** The same in another status. */
  public Credential standing(Status changed) {
    return new Credential(identity, kind, role, client, parent, group, changed, expiresAt);
  }

  /** The same with another end. */
  public Credential ending(Instant changed) {
    return new Credential(identity, kind, role, client, parent, group, status, changed);
  }
}
