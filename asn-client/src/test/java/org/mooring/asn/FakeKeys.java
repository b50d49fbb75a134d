// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;

/** The keys that open sessions with a provider's functions. Its users take turns. */
final class FakeKeys {
  private final Map<String, SecretKeyBytes> known = new HashMap<>();

  /** Km by the identifiers of the association keys that came from it. */
  private final Map<KeyIdentifier, SecretKeyBytes> masters = new HashMap<>();

  void put(Fqdn function, KeyIdentifier identity, SecretKeyBytes key) {
    known.put(function + " " + identity, key);
  }

  Optional<SecretKeyBytes> find(Fqdn function, KeyIdentifier identity) {
    return Optional.ofNullable(known.get(function + " " + identity));
  }

  /** The key by which a session that stands was opened. */
  SecretKeyBytes opening(FakeProviderSession session) {
    return find(session.function(), session.credential()).orElseThrow();
  }

  void forget(Fqdn function, KeyIdentifier identity) {
    known.remove(function + " " + identity);
  }

  /**
   * @param master the Km of the session that the association key was exported from
   */
  void distribute(Fqdn target, KeyIdentifier identity, SecretKeyBytes key, SecretKeyBytes master) {
    put(target, identity, key);
    masters.put(identity, master);
  }

  /** The Km that an association key came from. */
  SecretKeyBytes masterOf(KeyIdentifier association) {
    return Objects.requireNonNull(masters.get(association));
  }
}
