// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A fully qualified domain name, folded to lower case (TS-0004 clause 6.2.3).
 *
 * @param value the name without a trailing dot, at most 253 characters
 */
public record Fqdn(String value) {
  private static final Pattern LABELS =
      Pattern.compile("(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*");
  private static final int MAX_LENGTH = 253;

  /**
   * @throws IdentifierSyntaxException if the labels are not those of a host name
   */
  public Fqdn {
    if (!isValid(value)) {
      throw new IdentifierSyntaxException(
          "FQDN", "use labels of letters, digits and '-', joined by dots, 253 characters at most");
    }
    value = value.toLowerCase(Locale.ROOT);
  }

  /** Whether the text is a domain name, in upper or lower case. */
  public static boolean isValid(String text) {
    return text.length() <= MAX_LENGTH && LABELS.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
