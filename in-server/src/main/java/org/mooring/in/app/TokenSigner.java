// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.mooring.common.application.ApplicationToken;

/** The one place that knows how JWS and JWK are made (RFC 7515, RFC 7517). */
final class TokenSigner {
  private TokenSigner() {}

  /** A key pair on secp256r1 with its thumbprint. */
  record NewKey(String kid, PublicKey publicKey, PrivateKey privateKey) {}

  static NewKey newKey() {
    try {
      ECKey pair = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
      return new NewKey(pair.getKeyID(), pair.toPublicKey(), pair.toPrivateKey());
    } catch (JOSEException e) {
      throw new IllegalStateException("secp256r1 is missing from this Java runtime", e);
    }
  }

  /** The token in compact form. */
  static String sign(ApplicationToken token, String kid, PrivateKey key) {
    byte[] payload = token.payload();
    try {
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.parse(ApplicationToken.ALGORITHM))
              .type(new JOSEObjectType(ApplicationToken.TYPE))
              .keyID(kid)
              .build();
      JWSObject jws = new JWSObject(header, new Payload(payload));
      jws.sign(new ECDSASigner((ECPrivateKey) key));
      return jws.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the token can not be signed", e);
    } finally {
      Arrays.fill(payload, (byte) 0);
    }
  }

  static PublicJwk jwk(SigningKey key) {
    ECKey jwk = new ECKey.Builder(Curve.P_256, (ECPublicKey) key.publicKey()).build();
    return new PublicJwk(key.kid(), jwk.getX().toString(), jwk.getY().toString());
  }
}
