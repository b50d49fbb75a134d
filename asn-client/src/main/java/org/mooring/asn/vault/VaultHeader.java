// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The head of a vault file, in the clear: {@code "MVLT"}, one octet of version; from version 3 on
 * one octet of {@link SealedBy}, one of the number of parameter octets, and those.
 */
final class VaultHeader {
  private static final byte[] MAGIC = {'M', 'V', 'L', 'T'};
  private static final int SHORT_LENGTH = MAGIC.length + 1;
  private static final int LONG_LENGTH = SHORT_LENGTH + 2;

  /** Versions up to this one know key files alone, and do not say which. */
  private static final int LAST_SHORT_VERSION = 2;

  private final int version;
  private final @Nullable SealedBy sealedBy;
  private final byte[] parameters;

  private VaultHeader(int version, @Nullable SealedBy sealedBy, byte[] parameters) {
    this.version = version;
    this.sealedBy = sealedBy;
    this.parameters = parameters;
  }

  static VaultHeader of(int version, Seal seal) {
    return version > LAST_SHORT_VERSION
        ? new VaultHeader(version, seal.by(), seal.parameters())
        : new VaultHeader(version, null, new byte[0]);
  }

  /**
   * Reads the head of a file.
   *
   * @param newest the version that this program writes
   * @throws VaultException if the octets are no vault, newer than this program, or damaged
   */
  static VaultHeader read(byte[] file, int newest) {
    if (file.length < SHORT_LENGTH
        || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new VaultException("vault: this file is no vault; restore it, or reset the node");
    }
    int version = Byte.toUnsignedInt(file[MAGIC.length]);
    if (version > newest) {
      throw new VaultException(
          "vault: written by a newer program (version " + version + "); use that one");
    }
    if (version == 0) {
      throw VaultFormat.damaged();
    }
    return version > LAST_SHORT_VERSION
        ? readLong(file, version)
        : new VaultHeader(version, null, new byte[0]);
  }

  private static VaultHeader readLong(byte[] file, int version) {
    if (file.length < LONG_LENGTH) {
      throw VaultFormat.damaged();
    }
    SealedBy sealedBy =
        SealedBy.ofOctet(Byte.toUnsignedInt(file[SHORT_LENGTH])).orElseThrow(VaultFormat::damaged);
    int length = Byte.toUnsignedInt(file[SHORT_LENGTH + 1]);
    if (file.length < LONG_LENGTH + length) {
      throw VaultFormat.damaged();
    }
    return new VaultHeader(
        version, sealedBy, Arrays.copyOfRange(file, LONG_LENGTH, LONG_LENGTH + length));
  }

  int version() {
    return version;
  }

  /** What guards the sealing key; an older file does not say which key file it is. */
  Optional<SealedBy> sealedBy() {
    return Optional.ofNullable(sealedBy);
  }

  byte[] parameters() {
    return parameters.clone();
  }

  byte[] toByteArray() {
    if (sealedBy == null) {
      return ByteBuffer.allocate(SHORT_LENGTH).put(MAGIC).put((byte) version).array();
    }
    return ByteBuffer.allocate(LONG_LENGTH + parameters.length)
        .put(MAGIC)
        .put((byte) version)
        .put((byte) sealedBy.octet())
        .put((byte) parameters.length)
        .put(parameters)
        .array();
  }
}
