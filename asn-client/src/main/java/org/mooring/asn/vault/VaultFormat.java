// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;

/**
 * The octets of a vault file: the {@link VaultHeader head}, 12 octets of nonce, then the content as
 * CBOR, sealed with AES-256-GCM; the head is associated data.
 */
final class VaultFormat {
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";

  private final Seal seal;
  private final List<UnaryOperator<Attributes>> migrations;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param migrations the n-th, counted from one, makes version n + 1 out of version n; so the
   *     version written is their number and one
   */
  VaultFormat(Seal seal, List<UnaryOperator<Attributes>> migrations) {
    this.seal = seal;
    this.migrations = List.copyOf(migrations);
  }

  /** The version that is written with these migrations. */
  static int version(List<UnaryOperator<Attributes>> migrations) {
    return migrations.size() + 1;
  }

  /** Whether a file with this head is sealed as this one seals. */
  boolean fits(VaultHeader header) {
    return seal.fits(header);
  }

  byte[] seal(NodeState state) {
    return seal(NodeStateCodec.write(state));
  }

  /** Seals something else that belongs to the vault. */
  byte[] seal(Attributes content) {
    return seal(ContentCodec.writeAttributes(Serialization.CBOR, content));
  }

  private byte[] seal(byte[] plain) {
    try {
      byte[] header = VaultHeader.of(version(migrations), seal).toByteArray();
      byte[] nonce = new byte[NONCE_LENGTH];
      random.nextBytes(nonce);
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, header, nonce).doFinal(plain);
      return ByteBuffer.allocate(header.length + NONCE_LENGTH + sealed.length)
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
    int version = VaultHeader.read(file, version(migrations)).version();
    return open(file, content -> NodeStateCodec.read(migrated(content, version)));
  }

  private Attributes migrated(Attributes content, int version) {
    Attributes next = content;
    for (UnaryOperator<Attributes> migration : migrations.subList(version - 1, migrations.size())) {
      next = migration.apply(next);
    }
    return next;
  }

  /**
   * Opens something else that belongs to the vault.
   *
   * @throws VaultException likewise
   */
  <T> T open(byte[] file, Function<Attributes, T> reader) {
    VaultHeader header = VaultHeader.read(file, version(migrations));
    byte[] plain = unseal(file, header.toByteArray());
    try {
      return reader.apply(ContentCodec.readAttributes(Serialization.CBOR, plain));
    } catch (RuntimeException e) {
      // What the reader says may quote the content.
      throw damaged();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private byte[] unseal(byte[] file, byte[] header) {
    int sealedAt = header.length + NONCE_LENGTH;
    if (file.length < sealedAt + TAG_BITS / Byte.SIZE) {
      throw damaged();
    }
    try {
      byte[] nonce = Arrays.copyOfRange(file, header.length, sealedAt);
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
    cipher.init(mode, seal.key().toSecretKey("AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(header);
    return cipher;
  }

  static VaultException damaged() {
    return new VaultException(
        "vault: damaged, or sealed under another key; restore the file or give its --vault-key or token");
  }
}
