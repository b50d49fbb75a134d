// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;

/**
 * The octets of a vault file: {@code "MVLT"}, one octet of version, 12 octets of nonce, then the
 * state as CBOR, sealed with AES-256-GCM; everything before the nonce is associated data.
 */
final class VaultFormat {
  private static final byte[] MAGIC = {'M', 'V', 'L', 'T'};
  private static final int HEADER_LENGTH = MAGIC.length + 1;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";

  private final SecretKeyBytes sealingKey;
  private final List<UnaryOperator<Attributes>> migrations;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param sealingKey 32 octets
   * @param migrations the n-th, counted from one, makes version n + 1 out of version n; so the
   *     version written is their number and one
   */
  VaultFormat(SecretKeyBytes sealingKey, List<UnaryOperator<Attributes>> migrations) {
    this.sealingKey = sealingKey;
    this.migrations = List.copyOf(migrations);
  }

  private int version() {
    return migrations.size() + 1;
  }

  byte[] seal(NodeState state) {
    byte[] plain = NodeStateCodec.write(state);
    try {
      byte[] header = Arrays.copyOf(MAGIC, HEADER_LENGTH);
      header[MAGIC.length] = (byte) version();
      byte[] nonce = new byte[NONCE_LENGTH];
      random.nextBytes(nonce);
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, header, nonce).doFinal(plain);
      return ByteBuffer.allocate(HEADER_LENGTH + NONCE_LENGTH + sealed.length)
          .put(header)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is missing from this Java runtime", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * @throws VaultException if the octets are no vault, newer than this program, or were changed
   */
  NodeState open(byte[] file) {
    if (file.length < HEADER_LENGTH + NONCE_LENGTH
        || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new VaultException("vault: this file is no vault; restore it, or reset the node");
    }
    int version = Byte.toUnsignedInt(file[MAGIC.length]);
    if (version > version()) {
      throw new VaultException(
          "vault: written by a newer program (version " + version + "); use that one");
    }
    if (version == 0 || file.length < HEADER_LENGTH + NONCE_LENGTH + TAG_BITS / Byte.SIZE) {
      throw damaged();
    }
    byte[] plain = unseal(file);
    try {
      Attributes content = ContentCodec.readAttributes(Serialization.CBOR, plain);
      for (UnaryOperator<Attributes> migration : migrations.subList(version - 1, version() - 1)) {
        content = migration.apply(content);
      }
      return NodeStateCodec.read(content);
    } catch (RuntimeException e) {
      // What the reader says may quote the content.
      throw damaged();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private byte[] unseal(byte[] file) {
    try {
      byte[] header = Arrays.copyOf(file, HEADER_LENGTH);
      byte[] nonce = Arrays.copyOfRange(file, HEADER_LENGTH, HEADER_LENGTH + NONCE_LENGTH);
      int sealedAt = HEADER_LENGTH + NONCE_LENGTH;
      return cipher(Cipher.DECRYPT_MODE, header, nonce)
          .doFinal(file, sealedAt, file.length - sealedAt);
    } catch (AEADBadTagException e) {
      throw damaged();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is missing from this Java runtime", e);
    }
  }

  private Cipher cipher(int mode, byte[] header, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, sealingKey.toSecretKey("AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(header);
    return cipher;
  }

  private static VaultException damaged() {
    return new VaultException(
        "vault: damaged, or sealed under another key; restore the file or give its --vault-key");
  }
}
