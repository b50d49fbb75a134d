// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;

/** The tokens that were issued, revoked ones included, within one transaction. */
public interface TokenRepository {
  Optional<IssuedToken> find(TokenId id);

  /** Its secret; empty for one that was revoked. */
  Optional<SecretKeyBytes> secret(TokenId id);

  /**
   * Adds a token with its secret, sealed.
   *
   * @throws RuntimeException if the id was ever used
   */
  void add(IssuedToken token, SecretKeyBytes secret);

  /** Ends the token for good and wipes its secret. */
  void revoke(TokenId id, Standing.Revoked revoked);

  /** The tokens of an application that were issued last, the latest first. */
  List<IssuedToken> ofApplication(AppId application, int limit);

  /** When the last token that a key signed ends; empty if it signed none. */
  Optional<Instant> lastEndSignedBy(String kid);
}
