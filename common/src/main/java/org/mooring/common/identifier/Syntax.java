// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

/**
 * The character rules that several identifiers share (TS-0004 clause 6.2.3).
 *
 * <p>Written as loops: a server reads dozens of identifiers for each request, and regular
 * expressions took several per cent of its time.
 */
final class Syntax {
  private static final int MAX_LENGTH = 255;

  private Syntax() {}

  /**
   * Whether the text is {@code unreserved} of TS-0004, {@code [A-Za-z0-9][A-Za-z0-9._-]*}, with 255
   * characters at most; TS-0001 would add the tilde, which marks scopes in CoAP.
   */
  static boolean isUnreserved(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || !isAlphanumeric(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  /** {@code [A-Za-z0-9]}. */
  static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  /** {@code [0-9A-Fa-f]}. */
  static boolean isHexDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static void requireUnreserved(String text, String identifier) {
    if (!isUnreserved(text)) {
      throw new IdentifierSyntaxException(
          identifier, "use 1 to 255 letters, digits, '.', '_' or '-', the first a letter or digit");
    }
  }
}
