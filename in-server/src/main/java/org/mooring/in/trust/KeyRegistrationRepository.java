// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.credential.Credential;

/**
 * The key registrations of MEF and MAF, tombstones included, within one transaction. Their keys are
 * sealed.
 */
public interface KeyRegistrationRepository {
  Optional<KeyRegistration> find(KeyIdentifier identity);

  /**
   * Adds a registration with its key, which opens no sessions.
   *
   * @return whether it was added; false if the identity was ever used
   */
  boolean add(KeyRegistration registration, SecretKeyBytes key);

  /**
   * Adds a registration with its key, and the credential that it is.
   *
   * @param credential has the identity, client, parent and end of the registration
   * @return whether it was added; false if the identity was ever used
   */
  boolean add(KeyRegistration registration, SecretKeyBytes key, Credential credential);

  /** The key; empty once the registration is removed. */
  Optional<SecretKeyBytes> key(KeyIdentifier identity);

  /** Replaces end, labels, targets and time of modification of the one with the same identity. */
  void update(KeyRegistration registration);

  /** Wipes the key and leaves a tombstone. */
  void remove(KeyIdentifier identity);

  /**
   * How many of the client's at the function are neither removed nor at their end. Superseded ones
   * do not count: a node that lost its vault often would else find no room for the rest of a year.
   */
  int countLive(EntityId client, Fqdn function, Instant now);

  /** All of the client that are not removed, oldest first. */
  List<KeyRegistration> ofClient(EntityId client);

  /** Those at the function that are not removed and ended by this time, at most {@code limit}. */
  List<KeyRegistration> endedBefore(Fqdn function, Instant time, int limit);
}
