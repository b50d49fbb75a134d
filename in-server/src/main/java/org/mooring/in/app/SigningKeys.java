// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.time.Instant;
import java.util.List;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.audit.AuditAction;

/**
 * The keys that sign tokens, one at a time. One that was followed by another verifies until the
 * last token that it signed ends.
 */
public final class SigningKeys {
  /** The key that tokens are signed with, made with the first of them. */
  SigningKey current(AppStore store, String actor) {
    return store.signingKeys().current().orElseGet(() -> make(store, actor));
  }

  /** Signs a token with the key that signs now. */
  String sign(AppStore store, ApplicationToken token, SigningKey key) {
    SecretKeyBytes encoded = store.signingKeys().privateKey(key.kid()).orElseThrow();
    try {
      return TokenSigner.sign(token, key.kid(), CertificateKeys.decode(encoded));
    } finally {
      encoded.destroy();
    }
  }

  /** Has tokens be signed with a new key from now on, and wipes the private key before it. */
  public SigningKey rotate(AppStore store, String actor) {
    store
        .signingKeys()
        .current()
        .ifPresent(
            before -> {
              Instant end = store.appTokens().lastEndSignedBy(before.kid()).orElse(store.now());
              store.signingKeys().retire(before.kid(), end);
            });
    return make(store, actor);
  }

  /** The public keys that tokens are to be verified with, the one that signs first. */
  public List<PublicJwk> published(AppStore store) {
    return store.signingKeys().verifyingAt(store.now()).stream().map(TokenSigner::jwk).toList();
  }

  private static SigningKey make(AppStore store, String actor) {
    TokenSigner.NewKey made = TokenSigner.newKey();
    SigningKey key = new SigningKey(made.kid(), made.publicKey(), store.now(), M2mTimestamp.NEVER);
    SecretKeyBytes encoded = CertificateKeys.encode(made.privateKey());
    try {
      store.signingKeys().add(key, encoded);
    } finally {
      encoded.destroy();
    }
    store.audit().record(actor, AuditAction.APP_SIGNING_KEY_MADE, key.kid(), Attributes.NONE);
    return key;
  }
}
