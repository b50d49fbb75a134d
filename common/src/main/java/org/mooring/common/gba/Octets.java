// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** What the values here do with octets. */
final class Octets {
  private Octets() {}

  /** The octets of hex digits; an error never repeats them. */
  static byte[] ofHex(String name, String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": write hex digits");
    }
  }

  static void requireLength(String name, byte[] octets, int length) {
    if (octets.length != length) {
      throw new IllegalArgumentException(name + ": give " + length + " octets");
    }
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  static byte[] xor(byte[] one, byte[] other) {
    byte[] result = one.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] ^= other[i];
    }
    return result;
  }
}
