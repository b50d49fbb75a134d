// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

/**
 * What tells a device from the others of its group, such as its serial number. Upper and lower case
 * differ.
 *
 * @param value 1 to 64 letters, digits and {@code . _ -}, the first a letter or digit
 */
public record DeviceId(String value) {
  private static final int MAX_LENGTH = 64;

  /**
   * @throws IdentifierSyntaxException if a character does not fit or there are too many
   */
  public DeviceId {
    if (!isValid(value)) {
      throw new IdentifierSyntaxException(
          "device id", "use 1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit");
    }
  }

  /** Whether the text is the id of a device. */
  public static boolean isValid(String text) {
    return text.length() <= MAX_LENGTH && Syntax.isUnreserved(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
