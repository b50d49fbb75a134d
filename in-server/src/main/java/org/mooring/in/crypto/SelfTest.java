// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/**
 * Whether a provider computes on secp256r1 what the JDK's does, and refuses what has to be refused:
 * a signature of other octets, the empty one (CVE-2022-21449) and a point off the curve.
 */
final class SelfTest {
  private static final String CURVE = "secp256r1";
  private static final byte[] MESSAGE = "mooring".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OTHER_MESSAGE = "drifting".getBytes(StandardCharsets.US_ASCII);

  /** A signature whose two numbers are zero, in DER. */
  private static final byte[] EMPTY_SIGNATURE = HexFormat.of().parseHex("3006020100020100");

  private final Provider tested;
  private final Provider reference;

  /**
   * @param reference is right
   */
  SelfTest(Provider tested, Provider reference) {
    this.tested = tested;
    this.reference = reference;
  }

  /**
   * Runs all of it.
   *
   * @throws CryptoUnavailableException naming what the provider failed at
   */
  void require() throws CryptoUnavailableException {
    try {
      KeyPair own = pair(tested);
      KeyPair other = pair(reference);
      requireAgreement(own, other);
      requireSignature(other, reference, tested);
      requireSignature(own, tested, reference);
      requirePointsOnTheCurve(own);
    } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
      throw failed("ends with " + e, e);
    }
  }

  private void requireAgreement(KeyPair own, KeyPair other)
      throws GeneralSecurityException, CryptoUnavailableException {
    byte[] here = agree(tested, own.getPrivate(), other.getPublic());
    byte[] there = agree(reference, other.getPrivate(), own.getPublic());
    if (!Arrays.equals(here, there)) {
      throw failed("agrees on another secret", null);
    }
  }

  private void requireSignature(KeyPair pair, Provider signer, Provider verifier)
      throws GeneralSecurityException, CryptoUnavailableException {
    Signature signing = Signature.getInstance(CryptoProvider.SIGNATURE, signer);
    signing.initSign(pair.getPrivate());
    signing.update(MESSAGE);
    byte[] signature = signing.sign();
    PublicKey key = imported(pair.getPublic(), verifier);
    if (!verifies(verifier, key, MESSAGE, signature)) {
      throw failed("signs or verifies otherwise", null);
    }
    if (verifies(verifier, key, OTHER_MESSAGE, signature)
        || verifies(verifier, key, MESSAGE, EMPTY_SIGNATURE)) {
      throw failed("takes a signature that is none", null);
    }
  }

  /** The last octet of an encoded key is the point's: with another the point is off the curve. */
  private void requirePointsOnTheCurve(KeyPair own)
      throws GeneralSecurityException, CryptoUnavailableException {
    byte[] encoded = pair(reference).getPublic().getEncoded();
    encoded[encoded.length - 1] ^= 1;
    try {
      PublicKey off = KeyFactory.getInstance("EC", tested).generatePublic(spec(encoded));
      var unused = agree(tested, own.getPrivate(), off);
    } catch (InvalidKeySpecException | InvalidKeyException e) {
      return;
    }
    throw failed("takes a point off the curve", null);
  }

  private static KeyPair pair(Provider provider) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
    generator.initialize(new ECGenParameterSpec(CURVE));
    return generator.generateKeyPair();
  }

  private static byte[] agree(Provider provider, PrivateKey own, PublicKey other)
      throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
    agreement.init(own);
    agreement.doPhase(imported(other, provider), true);
    return agreement.generateSecret();
  }

  private static boolean verifies(
      Provider provider, PublicKey key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    Signature verifying = Signature.getInstance(CryptoProvider.SIGNATURE, provider);
    verifying.initVerify(key);
    verifying.update(message);
    try {
      return verifying.verify(signature);
    } catch (SignatureException e) {
      return false;
    }
  }

  private static PublicKey imported(PublicKey key, Provider provider)
      throws GeneralSecurityException {
    return KeyFactory.getInstance("EC", provider).generatePublic(spec(key.getEncoded()));
  }

  private CryptoUnavailableException failed(String how, @Nullable Throwable cause) {
    return new CryptoUnavailableException(tested.getName() + " fails its test: it " + how, cause);
  }

  private static X509EncodedKeySpec spec(byte[] encoded) {
    return new X509EncodedKeySpec(encoded);
  }
}
