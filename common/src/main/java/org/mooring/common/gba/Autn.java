// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The authentication token AUTN (TS 33.102 clause 6.3.2), by which a network proves itself to a
 * USIM:
 *
 * <pre>
 * octets 0 to 5   SQN xor AK
 * octets 6 and 7  AMF
 * octets 8 to 15  MAC = f1(K; RAND, SQN, AMF)
 * </pre>
 *
 * @param hex its 16 octets as 32 lower case hex digits
 */
public record Autn(String hex) {
  /** Its length in octets. */
  public static final int OCTETS = 16;

  private static final int AMF_AT = SequenceNumber.OCTETS;
  private static final int MAC_AT = AMF_AT + Milenage.AMF_OCTETS;

  /**
   * @throws IllegalArgumentException if these are not 32 hex digits
   */
  public Autn {
    hex = hex.toLowerCase(Locale.ROOT);
    Octets.requireLength("AUTN", Octets.ofHex("AUTN", hex), OCTETS);
  }

  /**
   * @throws IllegalArgumentException if these are not 16 octets
   */
  public static Autn of(byte[] octets) {
    return new Autn(HexFormat.of().formatHex(octets));
  }

  static Autn of(byte[] concealedSequenceNumber, byte[] amf, byte[] mac) {
    return of(Octets.joined(concealedSequenceNumber, amf, mac));
  }

  public byte[] octets() {
    return HexFormat.of().parseHex(hex);
  }

  byte[] concealedSequenceNumber() {
    return Arrays.copyOf(octets(), AMF_AT);
  }

  byte[] amf() {
    return Arrays.copyOfRange(octets(), AMF_AT, MAC_AT);
  }

  byte[] mac() {
    return Arrays.copyOfRange(octets(), MAC_AT, OCTETS);
  }
}
