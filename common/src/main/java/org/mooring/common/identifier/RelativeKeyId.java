// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The RelativeKeyID of an exported or registered key (TS-0003 clauses 10.3.4 and 10.3.5): the hex
 * form of 16 octets, folded to upper case.
 *
 * @param value 32 upper case hex digits
 */
public record RelativeKeyId(String value) {
  /** Length of the identifier in octets. */
  public static final int OCTETS = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * @throws IdentifierSyntaxException if the text is not 32 hex digits
   */
  public RelativeKeyId {
    if (!isValid(value)) {
      throw new IdentifierSyntaxException("RelativeKeyID", "write 32 hex digits");
    }
    value = value.toUpperCase(Locale.ROOT);
  }

  public static RelativeKeyId of(byte[] octets) {
    return new RelativeKeyId(HexFormat.of().withUpperCase().formatHex(octets));
  }

  /** A new one of 128 random bits, which nobody meets twice. */
  public static RelativeKeyId random() {
    byte[] octets = new byte[OCTETS];
    RANDOM.nextBytes(octets);
    return of(octets);
  }

  public static boolean isValid(String text) {
    if (text.length() != 2 * OCTETS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!Syntax.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The key identifier {@code value@issuer}, as a PSK identity carries it. */
  public KeyIdentifier at(Fqdn issuer) {
    return new KeyIdentifier(value, issuer);
  }

  @Override
  public String toString() {
    return value;
  }
}
