// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.key.SecretKeyBytes;

/** The keys that sign tokens or signed them, within one transaction. */
public interface SigningKeyRepository {
  /** The key that signs. */
  Optional<SigningKey> current();

  /** Its private key as PKCS#8; the caller destroys it. */
  Optional<SecretKeyBytes> privateKey(String kid);

  /**
   * Adds the key that signs from now on, its private key sealed.
   *
   * @throws RuntimeException if there is another one that signs
   */
  void add(SigningKey key, SecretKeyBytes privateKey);

  /** Has a key sign no longer, and wipes its private key. */
  void retire(String kid, Instant verifiesUntil);

  /** Those that tokens are verified with at a time: the one that signs first. */
  List<SigningKey> verifyingAt(Instant time);
}
