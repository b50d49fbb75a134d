// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.admin.AdminException;
import org.mooring.in.admin.EnroleeOrder;

/** Turns what a person wrote about an enrolee into an order as the server takes it. */
final class OrderReader {
  private static final Pattern HEX_DIGITS = Pattern.compile("(\\p{XDigit}{2})+");

  private final Instant now;

  OrderReader(Instant now) {
    this.now = now;
  }

  /**
   * Reads key files and spans of time here, where they were written; empty texts count as left out.
   *
   * @throws IllegalArgumentException or AdminException naming the field, never its value
   */
  EnroleeOrder read(Map<String, String> fields) {
    Attributes.Builder members = Attributes.builder();
    fields.forEach(
        (name, text) -> {
          if (!text.isEmpty()) {
            members.put(name, normalised(name, text));
          }
        });
    return EnroleeOrder.read(members.build());
  }

  /**
   * The same for what stands on a command line.
   *
   * @throws UsageError naming the field, never its value
   */
  EnroleeOrder orderOf(Map<String, String> fields) {
    try {
      return read(fields);
    } catch (AdminException | IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  private String normalised(String name, String text) {
    try {
      return switch (name) {
        case "kpm", "km", "kpsa", "usimK", "usimOpc" -> keyText(text);
        case "publicKey" -> publicKey(text).toString();
        case "expires", "until" -> TimeText.time(text, now).toString();
        default -> text;
      };
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(name + message.substring(message.indexOf(':')));
    }
  }

  /** What a key is known by, out of its identifier, its octets in hex, or a file with it. */
  private static PublicKeyId publicKey(String text) {
    if (text.startsWith("ni:")) {
      return PublicKeyId.parse(text);
    }
    PublicKey key =
        HEX_DIGITS.matcher(text).matches()
            ? CertificateKeys.decodePublic(HexFormat.of().parseHex(text))
            : CertificateFiles.publicKey(Path.of(text));
    if (!CertificateKeys.isOnSecp256r1(key)) {
      throw new IllegalArgumentException("public key: give one on secp256r1");
    }
    return PublicKeyId.of(key);
  }

  private static String keyText(String text) {
    SecretKeyBytes key = KeyText.parse(text);
    try {
      return KeyText.hex(key);
    } finally {
      key.destroy();
    }
  }
}
