// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.mooring.common.key.SecretKeyBytes;

/**
 * Seals secrets for a row with AES-256-GCM (NIST SP 800-38D) under the key-encryption key. A sealed
 * secret opens only for the row it was sealed for.
 *
 * <p>Layout: format version (1 octet, 1) ‖ random nonce (12) ‖ ciphertext ‖ tag (16). The
 * associated data are the version and the row's identity in UTF-8.
 */
public final class SecretSealer {
  private static final byte VERSION = 1;
  private static final int NONCE_OCTETS = 12;
  private static final int TAG_OCTETS = 16;
  private static final int HEAD_OCTETS = 1 + NONCE_OCTETS;
  private static final String TRANSFORMATION = "AES/GCM/NoPadding";

  private final SecretKey keyEncryptionKey;
  private final SecureRandom random = new SecureRandom();

  /** Looking for a provider takes as long as sealing a key. */
  private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(SecretSealer::newCipher);

  /**
   * Seals under the given key.
   *
   * @param keyEncryptionKey an AES key of 256 bits; it may live in a token
   */
  SecretSealer(SecretKey keyEncryptionKey) {
    this.keyEncryptionKey = keyEncryptionKey;
  }

  /**
   * Seals a key.
   *
   * @param rowIdentity {@code table.column/primary key}
   */
  public byte[] seal(SecretKeyBytes key, String rowIdentity) {
    byte[] plain = key.toByteArray();
    try {
      return sealOctets(plain, rowIdentity);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * Opens a sealed key.
   *
   * @param rowIdentity the one it was sealed for
   * @throws StoreException if it was changed, or sealed for another row or under another key
   */
  public SecretKeyBytes open(byte[] sealed, String rowIdentity) {
    byte[] plain = openOctets(sealed, rowIdentity);
    try {
      return SecretKeyBytes.copyOf(plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** Seals what is no key but may contain one. */
  public byte[] sealOctets(byte[] plain, String rowIdentity) {
    byte[] nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, rowIdentity).doFinal(plain);
      return ByteBuffer.allocate(HEAD_OCTETS + sealed.length)
          .put(VERSION)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new StoreException("cannot seal a secret: the key-encryption key does not work", e);
    }
  }

  /**
   * Opens what {@link #sealOctets} made.
   *
   * @throws StoreException as {@link #open} does
   */
  public byte[] openOctets(byte[] sealed, String rowIdentity) {
    if (sealed.length < HEAD_OCTETS + TAG_OCTETS || sealed[0] != VERSION) {
      throw new StoreException(
          "the sealed secret of " + rowIdentity + " is damaged or of an unknown format");
    }
    byte[] nonce = Arrays.copyOfRange(sealed, 1, HEAD_OCTETS);
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, rowIdentity)
          .doFinal(sealed, HEAD_OCTETS, sealed.length - HEAD_OCTETS);
    } catch (AEADBadTagException e) {
      throw new StoreException(
          "the sealed secret of "
              + rowIdentity
              + " does not open: it was changed or moved, or the key-encryption key is another one",
          e);
    } catch (GeneralSecurityException e) {
      throw new StoreException("cannot open a secret: the key-encryption key does not work", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String rowIdentity)
      throws GeneralSecurityException {
    Cipher cipher = ciphers.get();
    cipher.init(mode, keyEncryptionKey, new GCMParameterSpec(TAG_OCTETS * Byte.SIZE, nonce));
    cipher.updateAAD(new byte[] {VERSION});
    cipher.updateAAD(rowIdentity.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance(TRANSFORMATION);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is missing from this Java runtime", e);
    }
  }
}
