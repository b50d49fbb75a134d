// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.mooring.common.key.SecretKeyBytes;

/** Private keys on elliptic curves as octets (PKCS#8), which a vault keeps as it keeps any key. */
public final class CertificateKeys {
  private CertificateKeys() {}

  /** Whether a private key is that of a certificate: it signs what the certificate verifies. */
  public static boolean isPair(PrivateKey key, X509Certificate certificate) {
    byte[] probe = certificate.getSerialNumber().toByteArray();
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The encoding of a key; its owner destroys it. */
  public static SecretKeyBytes encode(PrivateKey key) {
    byte[] octets = key.getEncoded();
    try {
      return SecretKeyBytes.copyOf(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /**
   * @throws IllegalArgumentException if the octets are no such key; the message has none of them
   */
  public static PrivateKey decode(SecretKeyBytes encoded) {
    byte[] octets = encoded.toByteArray();
    try {
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(octets));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("private key: give PKCS#8 on an elliptic curve");
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }
}
