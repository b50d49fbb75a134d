// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.credential;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;

/**
 * The index of all PSK identities, within one transaction. A credential that came from a key
 * registration and that registration are one thing: its end and its status are theirs both, so a
 * credential that is gone leaves a registration that is a tombstone.
 */
public interface CredentialRepository {
  Optional<Credential> find(KeyIdentifier identity);

  /**
   * Adds a credential with its key, sealed; one that a client registers comes with its
   * registration.
   *
   * @throws IllegalStateException if the identity was ever used
   */
  void add(Credential credential, SecretKeyBytes key);

  /**
   * Adds a credential without a key, for it is proved with another.
   *
   * @throws IllegalStateException if the identity was ever used
   */
  void add(Credential credential);

  /**
   * The key that was added with the credential; empty for one that came with its registration,
   * which has it, and for one that is gone.
   */
  Optional<SecretKeyBytes> key(KeyIdentifier identity);

  /**
   * Has another key stand with a Ks; nothing happens with any other credential, or one that is
   * gone.
   */
  void replaceKey(KeyIdentifier identity, SecretKeyBytes key);

  /**
   * Has a credential stand as it is given, to its end and no longer, also one that was removed.
   * Whoever calls knows that the key is the one that it had, for an identity is no other key's
   * ever; nothing happens with one that is another client's, came with its registration or was
   * revoked.
   */
  void renew(Credential credential, SecretKeyBytes key);

  /** Sets the status; REMOVED and REVOKED wipe the key, the key registration's too. */
  void setStatus(KeyIdentifier identity, Credential.Status status);

  /**
   * Sets the end, of the key registration too. A credential that no session made is kept, sealed,
   * to the end that it was added with: it may end earlier and open sessions again later.
   */
  void setExpiry(KeyIdentifier identity, Instant expiresAt);

  /** The client's of the group that are pending, current or superseded, oldest first. */
  List<Credential> liveOfGroup(EntityId client, String group);

  /** What came of a credential at once, for its client and for applications on that. */
  default List<Credential> ledTo(KeyIdentifier parent) {
    return Stream.concat(derivedFrom(parent).stream(), applicationKeysOf(parent).stream()).toList();
  }

  /**
   * What a client has, and what applications on it have.
   *
   * @param node its absolute id
   */
  default List<Credential> ofNode(EntityId node) {
    return Stream.concat(ofClient(node).stream(), applicationKeysOn(node).stream()).toList();
  }

  /**
   * The keys of all application instances on a node, whatever became of the keys that they came
   * from.
   *
   * @param node its absolute id
   */
  List<Credential> applicationKeysOn(EntityId node);

  /**
   * The keys of application instances that came from one, which are other clients' than it is.
   *
   * @param parent a Km, or what stands for it
   */
  List<Credential> applicationKeysOf(KeyIdentifier parent);

  /** The others of its client that name the identity as their parent, removed ones left out. */
  List<Credential> derivedFrom(KeyIdentifier parent);

  /** All of the client that are not removed, oldest first. */
  List<Credential> ofClient(EntityId client);

  /** Those that are not removed and need not be kept at this time, at most {@code limit}. */
  List<Credential> endedBefore(Instant time, int limit);
}
