// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.TokenValidity;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;

/**
 * What a node keeps of an application's token: enough to prove that it has it. What the token
 * allows is for the application registry to judge.
 *
 * @param maf where instances are associated
 * @param secret 32 octets, for proofs and for A
 */
public record HeldToken(
    TokenId id, AppId application, Fqdn maf, SecretKeyBytes secret, TokenValidity validity) {

  public static HeldToken of(ApplicationToken token) {
    return new HeldToken(
        token.id(), token.application(), token.maf(), token.secret(), token.validity());
  }
}
