// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The forms in which a key might stand where it should not. */
final class KeyForms {
  private KeyForms() {}

  /** By their names, for a failure to tell. */
  static Map<String, byte[]> of(byte[] key) {
    Map<String, byte[]> forms = new TreeMap<>();
    forms.put("octets", key);
    forms.put("hex", ascii(HexFormat.of().formatHex(key)));
    forms.put("upper hex", ascii(HexFormat.of().withUpperCase().formatHex(key)));
    forms.put("spaced hex", ascii(HexFormat.ofDelimiter(" ").formatHex(key)));
    forms.put("upper spaced hex", ascii(HexFormat.ofDelimiter(" ").withUpperCase().formatHex(key)));
    forms.put("base64", ascii(Base64.getEncoder().withoutPadding().encodeToString(key)));
    forms.put("base64url", ascii(Base64.getUrlEncoder().withoutPadding().encodeToString(key)));
    forms.put("numbers", ascii(numbers(key)));
    return forms;
  }

  /** As {@code Arrays.toString} would print it. */
  private static String numbers(byte[] key) {
    String text = Arrays.toString(key);
    return text.substring(1, text.length() - 1);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static boolean contains(byte[] content, byte[] wanted) {
    // ISO 8859-1 maps each octet to one character, so that the search is one over octets.
    return new String(content, StandardCharsets.ISO_8859_1)
        .contains(new String(wanted, StandardCharsets.ISO_8859_1));
  }
}
