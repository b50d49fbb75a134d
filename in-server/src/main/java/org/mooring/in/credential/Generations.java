// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.credential;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential.Status;

/**
 * The life of the generations of one (client, adminFQDN, usage, target): pending, then current at
 * the target's first accepted request under it, then superseded; revoked with all it led to.
 */
public final class Generations {
  /** Who ends what expired or was replaced, as the audit log names it. */
  private static final String SERVER = "server";

  private final SessionControl sessions;

  /**
   * @param sessions the live sessions, which end with their credentials
   */
  public Generations(SessionControl sessions) {
    this.sessions = sessions;
  }

  /** Names the line of generations for a registration. */
  public static String group(EntityId client, Fqdn adminFqdn, KeyUsage usage, String target) {
    return client + " " + adminFqdn + " " + usage.suid() + " " + target;
  }

  /** Makes room for a new pending credential: an older one of the group that is pending goes. */
  public void replacePending(CredentialStore store, EntityId client, String group) {
    List<KeyIdentifier> replaced = new ArrayList<>();
    for (Credential older : store.credentials().liveOfGroup(client, group)) {
      if (older.status() == Status.PENDING) {
        end(store, older, Status.REMOVED, SERVER);
        replaced.add(older.identity());
      }
    }
    endSessionsAfterCommit(store, replaced);
  }

  /**
   * The target accepted a request under the credential: a pending one becomes current and
   * supersedes the earlier ones of its group. A KmId leaves its KeId superseded too, since both
   * stand in one group.
   */
  public void accepted(CredentialStore store, Credential used) {
    if (used.status() != Status.PENDING) {
      return;
    }
    store.credentials().setStatus(used.identity(), Status.CURRENT);
    store.audit().record(used.identity().toString(), AuditAction.CREDENTIAL_CURRENT, used.group());
    for (Credential earlier : store.credentials().liveOfGroup(used.client(), used.group())) {
      if (earlier.status() == Status.CURRENT && !earlier.identity().equals(used.identity())) {
        store.credentials().setStatus(earlier.identity(), Status.SUPERSEDED);
        store
            .audit()
            .record(
                used.identity().toString(),
                AuditAction.CREDENTIAL_SUPERSEDED,
                earlier.identity().toString());
      }
    }
  }

  /**
   * Revokes the credential and everything that its sessions led to, and ends the live sessions.
   *
   * @param reason why, for the audit log; empty where none was given
   * @param actor who revokes, for the audit log
   */
  public void revoke(CredentialStore store, KeyIdentifier identity, String reason, String actor) {
    Attributes detail = Attributes.builder().put("reason", reason).build();
    List<KeyIdentifier> revoked = new ArrayList<>();
    Deque<KeyIdentifier> open = new ArrayDeque<>(List.of(identity));
    while (!open.isEmpty()) {
      KeyIdentifier next = open.pop();
      store.credentials().find(next).ifPresent(one -> end(store, one, Status.REVOKED, actor));
      store.audit().record(actor, AuditAction.CREDENTIAL_REVOKED, next.toString(), detail);
      revoked.add(next);
      for (Credential derived : store.credentials().ledTo(next)) {
        if (derived.status() != Status.REVOKED) {
          open.add(derived.identity());
        }
      }
    }
    endSessionsAfterCommit(store, revoked);
  }

  /**
   * Retires a credential: it opens no handshake any longer, its sessions and what they led to live
   * to their own ends. One that opens none anyway stays as it is.
   *
   * @param reason why, for the audit log; empty where none was given
   * @param actor who retires, for the audit log
   */
  public void retire(CredentialStore store, KeyIdentifier identity, String reason, String actor) {
    Optional<Credential> open =
        store.credentials().find(identity).filter(c -> c.opensHandshakeAt(store.now()));
    if (open.isPresent()) {
      store.credentials().setStatus(identity, Status.SUPERSEDED);
      Attributes detail = Attributes.builder().put("reason", reason).build();
      store.audit().record(actor, AuditAction.CREDENTIAL_RETIRED, identity.toString(), detail);
    }
  }

  /** Removes a credential whose registration is gone; what it made lives to its own end. */
  public void remove(CredentialStore store, KeyIdentifier identity) {
    store.credentials().setStatus(identity, Status.REMOVED);
    endSessionsAfterCommit(store, List.of(identity));
  }

  /**
   * Removes a key that its owner gave up, under every identity that it has: a KmId that a KeId was
   * exchanged for is the same key. What it made lives to its own end.
   */
  public void giveUp(CredentialStore store, KeyIdentifier identity) {
    Optional<Credential> given = store.credentials().find(identity);
    List<Credential> derived = store.credentials().derivedFrom(identity);
    remove(store, identity);
    for (Credential next : derived) {
      if (given.filter(own -> own.group().equals(next.group())).isPresent()) {
        giveUp(store, next.identity());
      }
    }
  }

  /**
   * Sets the end of a credential. What it led to ends no later, an association or application key
   * strictly before it (design section 3).
   */
  public void setExpiry(CredentialStore store, KeyIdentifier identity, Instant expiresAt) {
    setOwnExpiry(store, identity, expiresAt);
    for (Credential derived : store.credentials().ledTo(identity)) {
      shorten(store, derived, expiresAt);
    }
  }

  /** Sets the end of a credential and of its sessions, and leaves alone what it led to. */
  public void setOwnExpiry(CredentialStore store, KeyIdentifier identity, Instant expiresAt) {
    store.credentials().setExpiry(identity, expiresAt);
    store.afterCommit(() -> sessions.endAt(identity, expiresAt));
  }

  /**
   * Has a credential stand as its issuer tells of it now, also one that ended, and its sessions end
   * with it.
   *
   * @param credential with its identity, client and kind of before
   * @param key that of before
   */
  public void renew(CredentialStore store, Credential credential, SecretKeyBytes key) {
    store.credentials().renew(credential, key);
    store.afterCommit(() -> sessions.endAt(credential.identity(), credential.expiresAt()));
  }

  /** Has nothing that sessions of the client made end later, an association key strictly before. */
  public void endDerivedBy(CredentialStore store, EntityId client, Instant latest) {
    for (Credential held : store.credentials().ofNode(client)) {
      if (!held.isRoot()) {
        shorten(store, held, latest);
      }
    }
  }

  private void shorten(CredentialStore store, Credential derived, Instant end) {
    boolean endsBefore =
        derived.kind() == Credential.Kind.KC || derived.kind() == Credential.Kind.KA;
    Instant latest = endsBefore ? justBefore(end) : end;
    if (derived.expiresAt().isAfter(latest)) {
      setExpiry(store, derived.identity(), latest);
    }
  }

  /** The last end that lies strictly before this one, in the whole seconds of m2m:timestamp. */
  public static Instant justBefore(Instant end) {
    return end.minusNanos(1).truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Removes credentials whose end has come and closes their sessions.
   *
   * @param limit the most to remove at once
   * @return how many were removed
   */
  public int expire(CredentialStore store, int limit) {
    List<KeyIdentifier> ended = new ArrayList<>();
    for (Credential credential : store.credentials().endedBefore(store.now(), limit)) {
      end(store, credential, Status.REMOVED, SERVER);
      if (credential.status() != Status.REVOKED) {
        store
            .audit()
            .record(SERVER, AuditAction.CREDENTIAL_EXPIRED, credential.identity().toString());
      }
      ended.add(credential.identity());
    }
    endSessionsAfterCommit(store, ended);
    return ended.size();
  }

  /** A credential goes for good, and what it was let do by the service subscription with it. */
  private static void end(
      CredentialStore store, Credential credential, Status status, String actor) {
    store.credentials().setStatus(credential.identity(), status);
    if (credential.kind() == Credential.Kind.KA) {
      store.impliedRules().ended(credential.identity(), actor);
    }
  }

  /** Ends live sessions of credentials that stay as they are, once that is on disk. */
  public void endSessions(CredentialStore store, List<KeyIdentifier> identities) {
    endSessionsAfterCommit(store, identities);
  }

  private void endSessionsAfterCommit(CredentialStore store, List<KeyIdentifier> ended) {
    if (!ended.isEmpty()) {
      List<KeyIdentifier> identities = List.copyOf(ended);
      store.afterCommit(() -> sessions.end(identities));
    }
  }
}
