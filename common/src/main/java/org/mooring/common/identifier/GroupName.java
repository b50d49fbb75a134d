// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

/**
 * The name of a group of devices that share one group key.
 *
 * @param value 1 to 32 lower case letters, digits and hyphens, the first no hyphen; no dot, so that
 *     the first dot of a {@link GroupDevice}'s KpmId ends it
 */
public record GroupName(String value) {
  private static final int MAX_LENGTH = 32;

  /**
   * @throws IdentifierSyntaxException if a character does not fit or there are too many
   */
  public GroupName {
    if (!isValid(value)) {
      throw new IdentifierSyntaxException(
          "group name", "use 1 to 32 lower case letters, digits or '-', the first no '-'");
    }
  }

  /** Whether the text is the name of a group. */
  public static boolean isValid(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || text.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean upper = c >= 'A' && c <= 'Z';
      if (upper || !Syntax.isAlphanumeric(c) && c != '-') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
