// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import java.util.Locale;

/**
 * A fully qualified domain name, folded to lower case (TS-0004 clause 6.2.3).
 *
 * @param value the name without a trailing dot, at most 253 characters
 */
public record Fqdn(String value) {
  private static final int MAX_LENGTH = 253;
  private static final int MAX_LABEL_LENGTH = 63;

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
    if (text.length() > MAX_LENGTH) {
      return false;
    }
    int labelAt = 0;
    for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', labelAt)) {
      if (!isLabel(text, labelAt, dot)) {
        return false;
      }
      labelAt = dot + 1;
    }
    return isLabel(text, labelAt, text.length());
  }

  /** 1 to 63 letters, digits and hyphens, of which no hyphen is the first or the last. */
  private static boolean isLabel(String text, int from, int to) {
    if (from == to || to - from > MAX_LABEL_LENGTH) {
      return false;
    }
    if (text.charAt(from) == '-' || text.charAt(to - 1) == '-') {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!Syntax.isAlphanumeric(c) && c != '-') {
        return false;
      }
    }
    return true;
  }

  // By hand, as is hashCode: a record's own is put together at its first call, dear at a start.
  @Override
  public boolean equals(Object other) {
    return other instanceof Fqdn that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
