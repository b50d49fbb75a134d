// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.mooring.common.certificate.CertificateKeys;

/** Keys on the one curve of TS-0003 clause 10.1.1, secp256r1. */
final class EcKeys {
  private static final ECGenParameterSpec CURVE = new ECGenParameterSpec("secp256r1");

  private EcKeys() {}

  static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(CURVE);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("secp256r1 is missing from this Java runtime", e);
    }
  }

  /**
   * @throws PkiException if the key is on another curve, or none
   */
  static void require(PublicKey key) {
    if (!CertificateKeys.isOnSecp256r1(key)) {
      throw new PkiException("key: give one on the curve secp256r1 (P-256)");
    }
  }

  /**
   * The key of a request that is signed with it.
   *
   * @throws PkiException if the signature does not hold
   */
  static PublicKey ofRequest(PKCS10CertificationRequest request) {
    try {
      PublicKey key = new JcaPKCS10CertificationRequest(request).getPublicKey();
      if (request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        return key;
      }
    } catch (GeneralSecurityException | OperatorCreationException | PKCSException e) {
      throw new PkiException("request: its key or its signature can not be used", e);
    }
    throw new PkiException("request: its signature is not of its own key");
  }
}
