// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.mooring.common.key.SecretKeyBytes;

/**
 * Keys on elliptic curves: whether they are what they should be, and as octets, private ones
 * (PKCS#8), which a vault keeps as it keeps any key, and public ones (SubjectPublicKeyInfo).
 */
public final class CertificateKeys {
  private static final ECParameterSpec SECP256R1 = secp256r1();

  private CertificateKeys() {}

  private static ECParameterSpec secp256r1() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("secp256r1 is missing from this Java runtime", e);
    }
  }

  /**
   * Whether a key is on secp256r1 (TS-0003 clause 10.1.1). A provider may know other curves of as
   * many bits, such as secp256k1.
   */
  public static boolean isOnSecp256r1(PublicKey key) {
    return key instanceof ECPublicKey ec
        && ec.getParams().getCurve().equals(SECP256R1.getCurve())
        && ec.getParams().getGenerator().equals(SECP256R1.getGenerator())
        && ec.getParams().getOrder().equals(SECP256R1.getOrder());
  }

  /** Whether a private key is that of a certificate: it signs what the certificate verifies. */
  public static boolean isPair(PrivateKey key, X509Certificate certificate) {
    return isPair(key, certificate.getPublicKey());
  }

  /** Whether a private key is that of a public one: it signs what the other verifies. */
  public static boolean isPair(PrivateKey key, PublicKey publicKey) {
    byte[] probe = publicKey.getEncoded();
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
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

  /**
   * @throws IllegalArgumentException if the octets are no such key
   */
  public static PublicKey decodePublic(byte[] encoded) {
    try {
      return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "public key: give a SubjectPublicKeyInfo on an elliptic curve", e);
    }
  }
}
