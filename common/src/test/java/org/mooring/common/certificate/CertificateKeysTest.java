// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import org.junit.jupiter.api.Test;

class CertificateKeysTest {
  @Test
  void knowsAKeyOnSecp256r1() throws Exception {
    assertThat(CertificateKeys.isOnSecp256r1(generated("EC", "secp256r1"))).isTrue();
  }

  @Test
  void takesNoOtherCurveForIt() throws Exception {
    assertThat(CertificateKeys.isOnSecp256r1(generated("EC", "secp384r1"))).isFalse();
    assertThat(CertificateKeys.isOnSecp256r1(generated("XDH", "X25519"))).isFalse();
  }

  /** The JDK knows it no more, other providers do. */
  @Test
  void takesNoOtherCurveOfAsManyBitsForIt() {
    assertThat(new OnSecp256k1().getParams().getCurve().getField().getFieldSize()).isEqualTo(256);
    assertThat(CertificateKeys.isOnSecp256r1(new OnSecp256k1())).isFalse();
  }

  private static PublicKey generated(String algorithm, String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair().getPublic();
  }

  /** The base point of secp256k1 as a key (SEC 2, section 2.4.1). */
  private static final class OnSecp256k1 implements ECPublicKey {
    private static final long serialVersionUID = 1L;
    private static final ECPoint BASE =
        new ECPoint(
            hex("79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798"),
            hex("483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8"));

    private static BigInteger hex(String digits) {
      return new BigInteger(digits, 16);
    }

    @Override
    public ECParameterSpec getParams() {
      return new ECParameterSpec(
          new EllipticCurve(
              new ECFieldFp(
                  hex("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F")),
              BigInteger.ZERO,
              BigInteger.valueOf(7)),
          BASE,
          hex("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141"),
          1);
    }

    @Override
    public ECPoint getW() {
      return BASE;
    }

    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      return "none";
    }

    @Override
    public byte[] getEncoded() {
      return new byte[0];
    }
  }
}
