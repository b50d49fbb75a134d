// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.mooring.common.gba.NafId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.credential.Credential;

/**
 * The keys Ks_NAF of one B-TID that functions here were given, in the form in which they are sealed
 * as one: for each the length of the function's FQDN in one octet, the FQDN in ASCII, and 32
 * octets.
 */
final class NafKeyRing {
  private static final int LENGTH_OCTETS = 1;

  private NafKeyRing() {}

  /** A ring with one key. */
  static SecretKeyBytes of(NafId naf, SecretKeyBytes key) {
    return joined(new byte[0], naf, key);
  }

  /** The same ring with one key more; the reader destroys both. */
  static SecretKeyBytes with(SecretKeyBytes ring, NafId naf, SecretKeyBytes key) {
    byte[] before = ring.toByteArray();
    try {
      return joined(before, naf, key);
    } finally {
      Arrays.fill(before, (byte) 0);
    }
  }

  private static SecretKeyBytes joined(byte[] before, NafId naf, SecretKeyBytes key) {
    byte[] name = naf.fqdn().value().getBytes(US_ASCII);
    byte[] octets = key.toByteArray();
    byte[] all = new byte[before.length + LENGTH_OCTETS + name.length + octets.length];
    try {
      ByteBuffer.wrap(all).put(before).put((byte) name.length).put(name).put(octets);
      return SecretKeyBytes.copyOf(all);
    } finally {
      Arrays.fill(all, (byte) 0);
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** The key of one function that is in the store; empty where there is none. */
  static Optional<SecretKeyBytes> stored(BsfStore tx, Credential ks, NafId naf) {
    Optional<SecretKeyBytes> ring = tx.credentials().key(ks.identity());
    try {
      return ring.flatMap(keys -> find(keys, naf));
    } finally {
      ring.ifPresent(SecretKeyBytes::destroy);
    }
  }

  /**
   * The key of one function; empty where it was given none.
   *
   * @throws java.nio.BufferUnderflowException if the ring has another form
   */
  static Optional<SecretKeyBytes> find(SecretKeyBytes ring, NafId naf) {
    byte[] all = ring.toByteArray();
    byte[] key = new byte[SecretKeyBytes.DERIVED_LENGTH];
    try {
      ByteBuffer rest = ByteBuffer.wrap(all);
      while (rest.hasRemaining()) {
        byte[] name = new byte[Byte.toUnsignedInt(rest.get())];
        rest.get(name).get(key);
        if (new Fqdn(new String(name, US_ASCII)).equals(naf.fqdn())) {
          return Optional.of(SecretKeyBytes.copyOf(key));
        }
      }
      return Optional.empty();
    } finally {
      Arrays.fill(all, (byte) 0);
      Arrays.fill(key, (byte) 0);
    }
  }
}
