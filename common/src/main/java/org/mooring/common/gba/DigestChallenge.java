// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import org.mooring.common.identifier.Fqdn;

/**
 * A challenge of Digest AKA, the value of {@code WWW-Authenticate} (RFC 3310 clause 3.2, TS 24.109
 * clause 4.3): algorithm AKAv1-MD5, quality of protection {@code auth-int}.
 *
 * @param realm the BSF's FQDN
 * @param nonce RAND, AUTN and whatever the server adds, in base64: a node gives it back as it came
 */
public record DigestChallenge(Fqdn realm, String nonce) {
  static final String ALGORITHM = "AKAv1-MD5";
  static final String QUALITY = "auth-int";

  /**
   * @throws IllegalArgumentException if the nonce has another form
   */
  public DigestChallenge {
    var unused = AkaNonce.parse(nonce);
  }

  /** The challenge that a vector is for. */
  public DigestChallenge(Fqdn realm, AuthenticationVector vector) {
    this(realm, new AkaNonce(vector.rand(), vector.autn()).toString());
  }

  /** RAND and AUTN. */
  public AkaNonce aka() {
    return AkaNonce.parse(nonce);
  }

  /**
   * Reads a header field's value.
   *
   * @throws IllegalArgumentException naming the parameter that does not fit, never a value
   */
  public static DigestChallenge parse(String text) {
    DigestParameters parameters = DigestParameters.ofScheme(text);
    parameters.require("algorithm", ALGORITHM);
    parameters.require("qop", QUALITY);
    return new DigestChallenge(new Fqdn(parameters.get("realm")), parameters.get("nonce"));
  }

  /** The header field's value. */
  @Override
  public String toString() {
    return "Digest realm=\"%s\", nonce=\"%s\", algorithm=%s, qop=\"%s\""
        .formatted(realm, nonce, ALGORITHM, QUALITY);
  }
}
