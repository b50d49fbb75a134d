// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.key;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.Destroyable;

/**
 * The octets of one secret key. They show in no text form, compare in constant time and can be
 * wiped.
 */
public final class SecretKeyBytes implements Destroyable {
  /** Length in octets of every key this project derives (TS-0003 clause 10.3). */
  public static final int DERIVED_LENGTH = 32;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int FINGERPRINT_OCTETS = 6;

  private final byte[] octets;
  private volatile boolean destroyed;

  private SecretKeyBytes(byte[] octets) {
    this.octets = octets;
  }

  /**
   * Copies the octets; the caller wipes its own.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static SecretKeyBytes copyOf(byte[] octets) {
    if (octets.length == 0) {
      throw new IllegalArgumentException("key: give at least one octet");
    }
    return new SecretKeyBytes(octets.clone());
  }

  /** A new random key of {@link #DERIVED_LENGTH} octets. */
  public static SecretKeyBytes random() {
    byte[] fresh = new byte[DERIVED_LENGTH];
    RANDOM.nextBytes(fresh);
    return new SecretKeyBytes(fresh);
  }

  public int length() {
    return octets.length;
  }

  /**
   * A copy of the octets, for a cipher, a codec or a sealed record; the caller wipes it.
   *
   * @throws IllegalStateException if the key was destroyed
   */
  public byte[] toByteArray() {
    requireAlive();
    return octets.clone();
  }

  /**
   * The key in the form JCA takes.
   *
   * @param algorithm a JCA algorithm name, such as {@code HmacSHA256}
   */
  public SecretKey toSecretKey(String algorithm) {
    requireAlive();
    return new SecretKeySpec(octets, algorithm);
  }

  /** The first 6 octets of the key's SHA-256 in lower case hex: enough to tell keys apart. */
  public String fingerprint() {
    requireAlive();
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
      return HexFormat.of().formatHex(digest, 0, FINGERPRINT_OCTETS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(octets, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  private void requireAlive() {
    if (destroyed) {
      throw new IllegalStateException("the key was destroyed");
    }
  }

  /** Compares in constant time. A destroyed key equals itself alone: its octets are gone. */
  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof SecretKeyBytes that
        && !destroyed
        && !that.destroyed
        && MessageDigest.isEqual(octets, that.octets);
  }

  /** The same for keys of one length: a hash of the octets would tell about them. */
  @Override
  public int hashCode() {
    return octets.length;
  }

  @Override
  public String toString() {
    return "SecretKeyBytes[" + octets.length + " octets]";
  }
}
