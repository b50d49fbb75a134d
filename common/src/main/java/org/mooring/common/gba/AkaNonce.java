// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.util.Arrays;
import java.util.Base64;

/**
 * The nonce of Digest AKA (RFC 3310 clause 3.2): base64 of RAND ‖ AUTN, and of whatever a server
 * adds. Ours adds nothing, and what another adds is kept out of here.
 *
 * @param rand the challenge
 * @param autn the network's proof
 */
public record AkaNonce(Rand rand, Autn autn) {
  /**
   * Reads a nonce.
   *
   * @throws IllegalArgumentException if it is no base64 or too short
   */
  public static AkaNonce parse(String text) {
    byte[] octets = Base64Text.decode("nonce", text);
    if (octets.length < Rand.OCTETS + Autn.OCTETS) {
      throw new IllegalArgumentException("nonce: give RAND and AUTN in base64");
    }
    return new AkaNonce(
        Rand.of(Arrays.copyOf(octets, Rand.OCTETS)),
        Autn.of(Arrays.copyOfRange(octets, Rand.OCTETS, Rand.OCTETS + Autn.OCTETS)));
  }

  @Override
  public String toString() {
    return Base64.getEncoder().encodeToString(Octets.joined(rand.octets(), autn.octets()));
  }
}
