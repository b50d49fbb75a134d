// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.application.TokenValidity;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;

/**
 * What a node keeps of an application's token: enough to prove that it has it. What else the token
 * allows is for the application registry to judge.
 *
 * @param maf where instances are associated
 * @param secret 32 octets, for proofs and for A
 * @param share with whom its instances share their associations; the registrar holds them to it
 */
public record HeldToken(
    TokenId id,
    AppId application,
    Fqdn maf,
    SecretKeyBytes secret,
    TokenValidity validity,
    CredentialShare share) {

  public static HeldToken of(ApplicationToken token) {
    return new HeldToken(
        token.id(),
        token.application(),
        token.maf(),
        token.secret(),
        token.validity(),
        token.services().share());
  }

  /** Whether an instance with this token may speak in the association of one with the other. */
  public boolean sharesWith(HeldToken other) {
    return maf.equals(other.maf)
        && share.allows(application.equals(other.application), other.share);
  }
}
