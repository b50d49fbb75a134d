// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.mooring.common.key.SecretKeyBytes;

/**
 * Which key of which PKCS#11 token seals a vault.
 *
 * @param library the absolute path of the token's PKCS#11 module
 * @param slot where the token is
 * @param pin the user PIN, in UTF-8
 * @param keyLabel the CKA_LABEL of the key for a new vault, 1 to 64 of {@code A-Z a-z 0-9 . _ -}; a
 *     vault that is there names its own
 */
public record TokenSettings(Path library, Slot slot, SecretKeyBytes pin, String keyLabel) {
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** A path in SunPKCS11's configuration stands in quotes, which nothing escapes. */
  private static final Pattern UNQUOTABLE = Pattern.compile("[\"\\p{Cntrl}]");

  private static final int LABEL_OCTETS = 8;

  /**
   * @throws IllegalArgumentException if the path is not absolute or has quotation marks, or the
   *     label has other characters
   */
  public TokenSettings {
    if (!library.isAbsolute() || UNQUOTABLE.matcher(library.toString()).find()) {
      throw new IllegalArgumentException("library: write an absolute path without quotation marks");
    }
    if (!isLabel(keyLabel)) {
      throw new IllegalArgumentException("label: write 1 to 64 of A-Z a-z 0-9 . _ -");
    }
  }

  /**
   * The label for a vault whose owner gave none: {@code mooring-} and 16 hex digits of the SHA-256
   * of its folder's absolute path. An interrupted start finds its key again, and two vaults of one
   * machine have two.
   */
  public static String labelFor(Path folder) {
    String path = folder.toAbsolutePath().normalize().toString();
    return "mooring-" + HexFormat.of().formatHex(digest(path), 0, LABEL_OCTETS);
  }

  static boolean isLabel(String text) {
    return LABEL.matcher(text).matches();
  }

  /**
   * The CKA_ID that goes with a label, in hex: the first 8 octets of its SHA-256, with 01 as the
   * upper two bits, since SunPKCS11 takes it for a number.
   */
  static String idFor(String label) {
    byte[] id = digest(label);
    id[0] = (byte) (id[0] & 0x3f | 0x40);
    return HexFormat.of().formatHex(id, 0, LABEL_OCTETS);
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }

  /** A slot of a PKCS#11 module. */
  public sealed interface Slot {
    /** The module's first. */
    record First() implements Slot {}

    /**
     * The one of this id.
     *
     * @param number a CK_SLOT_ID, not negative
     */
    record Id(long number) implements Slot {
      /**
       * @throws IllegalArgumentException if it is negative
       */
      public Id {
        if (number < 0) {
          throw new IllegalArgumentException("slot: write its id, a whole number from 0 on");
        }
      }
    }
  }
}
