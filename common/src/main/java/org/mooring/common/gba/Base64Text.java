// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.util.Base64;

/** Base64 that has one form for each octets, so that texts compare as octets do. */
final class Base64Text {
  private Base64Text() {}

  /**
   * @throws IllegalArgumentException if the text is not the one that encoding its octets gives
   */
  static byte[] decode(String name, String text) {
    try {
      byte[] octets = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(octets).equals(text)) {
        return octets;
      }
    } catch (IllegalArgumentException e) {
      // Refused below; the decoder's message quotes the text.
    }
    throw new IllegalArgumentException(name + ": write base64 with its padding");
  }
}
