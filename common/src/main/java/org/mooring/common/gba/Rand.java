// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The random challenge RAND (TS 33.102 clause 6.3.2).
 *
 * @param hex its 16 octets as 32 upper case hex digits
 */
public record Rand(String hex) {
  /** Its length in octets. */
  public static final int OCTETS = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * @throws IllegalArgumentException if these are not 32 hex digits
   */
  public Rand {
    hex = hex.toUpperCase(Locale.ROOT);
    Octets.requireLength("RAND", Octets.ofHex("RAND", hex), OCTETS);
  }

  /**
   * @throws IllegalArgumentException if these are not 16 octets
   */
  public static Rand of(byte[] octets) {
    return new Rand(HexFormat.of().formatHex(octets));
  }

  /** A new one of 128 random bits. */
  public static Rand random() {
    byte[] octets = new byte[OCTETS];
    RANDOM.nextBytes(octets);
    return of(octets);
  }

  public byte[] octets() {
    return HexFormat.of().parseHex(hex);
  }
}
