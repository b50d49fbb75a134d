// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.app.NewToken;

/**
 * What an operator can ask of a running server about applications, in the manner of {@link
 * AdminService}.
 *
 * <p>Documents of applications have {@code appId}, {@code status} and {@code registered}. Those of
 * tokens have {@code tokenId}, {@code status} ({@code active}, {@code expired} or {@code revoked}),
 * {@code from}, {@code until}, {@code nodes}, {@code roles}, {@code accessPolicy}, {@code
 * instances} that live, both caps, the {@code fingerprint} of the secret and {@code signedBy}. The
 * token itself is in the answer to its issue alone, as {@code token}.
 */
public interface AppAdmin {
  CompletionStage<Attributes> register(AppId id);

  /** All applications by App-ID, revoked ones included. */
  CompletionStage<List<Attributes>> list();

  /** The application with its latest {@code tokens}, 1,000 at most, and its {@code instances}. */
  CompletionStage<Attributes> show(AppId id);

  /**
   * Revokes an application, and then ends its instances, which takes many transactions for many of
   * them; asked again after a stop in between, it goes on.
   */
  CompletionStage<Attributes> revoke(AppId id, String reason);

  CompletionStage<Attributes> issueToken(NewToken wanted);

  /** The same as {@link #revoke} for what came by one token. */
  CompletionStage<Attributes> revokeToken(TokenId id, String reason);

  /**
   * Ends one instance for good.
   *
   * @param node the CSE-ID or AE-ID of the node that runs it, with its provider or without
   */
  CompletionStage<Attributes> revokeInstance(
      AppId id, AppInstanceId instance, EntityId node, String reason);

  /** Has tokens be signed with a new key; answers with its {@code kid}. */
  CompletionStage<Attributes> rotateKeys();

  /** The public keys that tokens are to be verified with, as a JWK set (RFC 7517 clause 5). */
  CompletionStage<Attributes> jwks();
}
