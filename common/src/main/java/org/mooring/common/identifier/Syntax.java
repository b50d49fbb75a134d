// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import java.util.regex.Pattern;

/** The character rules that several identifiers share (TS-0004 clause 6.2.3). */
final class Syntax {
  /** {@code unreserved} of TS-0004; TS-0001 would add the tilde, which marks scopes in CoAP. */
  static final String UNRESERVED = "[A-Za-z0-9][A-Za-z0-9._-]*";

  private static final Pattern UNRESERVED_PATTERN = Pattern.compile(UNRESERVED);
  private static final int MAX_LENGTH = 255;

  private Syntax() {}

  static boolean isUnreserved(String text) {
    return text.length() <= MAX_LENGTH && UNRESERVED_PATTERN.matcher(text).matches();
  }

  static void requireUnreserved(String text, String identifier) {
    if (!isUnreserved(text)) {
      throw new IdentifierSyntaxException(
          identifier, "use 1 to 255 letters, digits, '.', '_' or '-', the first a letter or digit");
    }
  }
}
