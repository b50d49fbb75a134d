// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.mooring.common.key.SecretKeyBytes;

/**
 * MILENAGE, the authentication and key generation functions f1 to f5* (TS 35.206 clause 4.1) over
 * AES-128, with its constants:
 *
 * <pre>
 * TEMP = E_K(RAND xor OPc)
 * OUTn = E_K(rot(TEMP xor OPc, rn) xor cn) xor OPc        n = 2 to 5
 * OUT1 = E_K(TEMP xor rot(IN1 xor OPc, r1) xor c1) xor OPc,  IN1 = SQN ‖ AMF ‖ SQN ‖ AMF
 * r1…r5 = 64, 0, 32, 64, 96 bits    c1…c5 = 0, 1, 2, 4, 8
 * </pre>
 *
 * <p>Not for use by several threads at a time.
 */
public final class Milenage {
  /** The length of AMF in octets. */
  static final int AMF_OCTETS = 2;

  private static final int BLOCK = 16;
  private static final int MAC_OCTETS = 8;

  private final Cipher cipher;
  private final byte[] opc;

  public Milenage(SubscriberKey key) {
    this.cipher = cipher(key.k());
    this.opc = key.opc().toByteArray();
  }

  /**
   * OPc of an operator's OP (TS 35.206 clause 4.1).
   *
   * @param k 16 octets
   * @param op 16 octets
   */
  public static SecretKeyBytes operatorVariant(SecretKeyBytes k, SecretKeyBytes op) {
    byte[] plain = op.toByteArray();
    byte[] variant = Octets.xor(encrypted(cipher(k), plain), plain);
    try {
      return SecretKeyBytes.copyOf(variant);
    } finally {
      Arrays.fill(plain, (byte) 0);
      Arrays.fill(variant, (byte) 0);
    }
  }

  /** f1: MAC-A, 8 octets, by which the network proves itself. */
  byte[] networkMac(Rand rand, SequenceNumber number, byte[] amf) {
    return Arrays.copyOf(out1(rand, number, amf), MAC_OCTETS);
  }

  /** f1*: MAC-S, 8 octets, by which a USIM proves where its sequence numbers stand. */
  byte[] resynchronisationMac(Rand rand, SequenceNumber number, byte[] amf) {
    return Arrays.copyOfRange(out1(rand, number, amf), MAC_OCTETS, BLOCK);
  }

  /** f2: RES, 8 octets. */
  SecretKeyBytes response(Rand rand) {
    return key(Arrays.copyOfRange(out(rand, 0, 1), MAC_OCTETS, BLOCK));
  }

  /** f3: CK, 16 octets. */
  SecretKeyBytes cipherKey(Rand rand) {
    return key(out(rand, 4, 2));
  }

  /** f4: IK, 16 octets. */
  SecretKeyBytes integrityKey(Rand rand) {
    return key(out(rand, 8, 4));
  }

  /** f5: AK, 6 octets, which hides the sequence number in AUTN. */
  byte[] anonymityKey(Rand rand) {
    return Arrays.copyOf(out(rand, 0, 1), SequenceNumber.OCTETS);
  }

  /** f5*: AK, 6 octets, which hides the one in AUTS. */
  byte[] resynchronisationAnonymityKey(Rand rand) {
    return Arrays.copyOf(out(rand, 12, 8), SequenceNumber.OCTETS);
  }

  private byte[] out1(Rand rand, SequenceNumber number, byte[] amf) {
    byte[] half = Octets.joined(number.octets(), amf);
    byte[] input = rotated(Octets.xor(Octets.joined(half, half), opc), 8);
    return Octets.xor(encrypted(cipher, Octets.xor(temp(rand), input)), opc);
  }

  /**
   * @param rotation in octets
   * @param constant the last octet of c
   */
  private byte[] out(Rand rand, int rotation, int constant) {
    byte[] input = rotated(Octets.xor(temp(rand), opc), rotation);
    input[BLOCK - 1] ^= (byte) constant;
    return Octets.xor(encrypted(cipher, input), opc);
  }

  private byte[] temp(Rand rand) {
    return encrypted(cipher, Octets.xor(rand.octets(), opc));
  }

  /** Rotated to the left. */
  private static byte[] rotated(byte[] block, int octets) {
    byte[] result = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      result[i] = block[(i + octets) % BLOCK];
    }
    return result;
  }

  private static SecretKeyBytes key(byte[] octets) {
    try {
      return SecretKeyBytes.copyOf(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** One block at a time, as TS 35.206 has it: no mode of operation is at work here. */
  private static Cipher cipher(SecretKeyBytes key) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key.toSecretKey("AES"));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES is missing from this Java runtime", e);
    }
  }

  private static byte[] encrypted(Cipher cipher, byte[] block) {
    try {
      return cipher.doFinal(block);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES does not take a block", e);
    }
  }
}
