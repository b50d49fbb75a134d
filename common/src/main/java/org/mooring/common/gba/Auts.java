// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The token AUTS by which a USIM tells where its sequence numbers stand (TS 33.102 clause 6.3.3):
 *
 * <pre>
 * octets 0 to 5   SQN of the USIM xor AK = f5*(K; RAND)
 * octets 6 to 13  MAC-S = f1*(K; RAND, SQN, AMF = 0)
 * </pre>
 *
 * @param hex its 14 octets as 28 lower case hex digits
 */
public record Auts(String hex) {
  /** Its length in octets. */
  public static final int OCTETS = 14;

  /**
   * @throws IllegalArgumentException if these are not 28 hex digits
   */
  public Auts {
    hex = hex.toLowerCase(Locale.ROOT);
    Octets.requireLength("AUTS", Octets.ofHex("AUTS", hex), OCTETS);
  }

  /**
   * @throws IllegalArgumentException if these are not 14 octets
   */
  public static Auts of(byte[] octets) {
    return new Auts(HexFormat.of().formatHex(octets));
  }

  static Auts of(byte[] concealedSequenceNumber, byte[] mac) {
    return of(Octets.joined(concealedSequenceNumber, mac));
  }

  public byte[] octets() {
    return HexFormat.of().parseHex(hex);
  }

  byte[] concealedSequenceNumber() {
    return Arrays.copyOf(octets(), SequenceNumber.OCTETS);
  }

  byte[] mac() {
    return Arrays.copyOfRange(octets(), SequenceNumber.OCTETS, OCTETS);
  }
}
