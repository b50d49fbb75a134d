// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.key;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mooring.common.identifier.KeyIdentifier;

/**
 * What one node is given at the factory, as the text of its QR code:
 *
 * <pre>
 * mooring:1?kpmid=pump7%40mef.sp.example.org&amp;kpm=AAECAwQ…&amp;mef=coaps%3A%2F%2Fin.example.org
 * </pre>
 *
 * <p>{@code 1} is the version. Each value is percent-encoded UTF-8 (RFC 3986 clause 2.1), {@code
 * kpm} base64url without padding (RFC 4648 clause 5). {@code mef} is left out where no address is
 * known; parameters stand in any order, each once, and unknown ones are passed over.
 *
 * <p>The text holds the key: it is for a printer or the node's standard input, never for a log or
 * an argument.
 *
 * @param kpmId identifier of the key
 * @param kpm the key, 1 to 1,024 octets
 * @param mef where the MEF is, {@code coaps://host[:port]}
 */
public record FactoryText(KeyIdentifier kpmId, SecretKeyBytes kpm, Optional<String> mef) {
  /** The longest text taken, in characters. */
  public static final int MAX_LENGTH = 4096;

  private static final String START = "mooring:1?";
  private static final String KPM_ID = "kpmid";
  private static final String KPM = "kpm";
  private static final String MEF = "mef";

  /**
   * Reads a text; space around it does not count.
   *
   * @throws IllegalArgumentException naming the parameter that is missing or malformed, never a
   *     value
   */
  public static FactoryText parse(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith(START) || stripped.length() > MAX_LENGTH) {
      throw malformed("give the text of a QR code, " + START + "kpmid=…&kpm=…");
    }
    Map<String, String> given = parameters(stripped.substring(START.length()));
    return new FactoryText(
        identifier(required(given, KPM_ID)),
        key(required(given, KPM)),
        Optional.ofNullable(given.get(MEF)));
  }

  /** The text, with the key in it. */
  public String text() {
    byte[] octets = kpm.toByteArray();
    try {
      String start =
          START
              + parameter(KPM_ID, kpmId.toString())
              + "&"
              + parameter(KPM, Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
      return mef.map(address -> start + "&" + parameter(MEF, address)).orElse(start);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "FactoryText[" + kpmId + "]";
  }

  private static String parameter(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> given = new HashMap<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (equals < 1) {
        throw malformed("write each parameter as name=value");
      }
      String name = parameter.substring(0, equals);
      if (given.put(name, decoded(name, parameter.substring(equals + 1))) != null) {
        throw malformed("write each parameter once");
      }
    }
    return given;
  }

  /** A plus sign stands for itself in a URI; only forms mean a space by it. */
  private static String decoded(String name, String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed(name + ": write two hex digits behind each '%'");
    }
  }

  private static String required(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) {
      throw malformed("give " + name);
    }
    return value;
  }

  private static KeyIdentifier identifier(String text) {
    try {
      return KeyIdentifier.parse(text);
    } catch (IllegalArgumentException e) {
      throw malformed(KPM_ID + ": write name@mef-fqdn");
    }
  }

  private static SecretKeyBytes key(String text) {
    try {
      return KeyText.parseInline("b64:" + text);
    } catch (IllegalArgumentException e) {
      throw malformed(KPM + ": write 1 to " + KeyText.MAX_LENGTH + " octets as base64url");
    }
  }

  private static IllegalArgumentException malformed(String remedy) {
    return new IllegalArgumentException("factory text: " + remedy);
  }
}
