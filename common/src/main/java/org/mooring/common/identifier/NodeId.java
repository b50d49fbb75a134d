// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

/**
 * An M2M-Node-ID (TS-0001 clause 7.1.5): a URN, an OID or another globally unique text without
 * white space.
 *
 * @param value 1 to 255 visible ASCII characters
 */
public record NodeId(String value) {
  private static final int MAX_LENGTH = 255;

  /**
   * @throws IdentifierSyntaxException if white space, control or non-ASCII characters occur
   */
  public NodeId {
    if (!isVisible(value)) {
      throw new IdentifierSyntaxException(
          "M2M-Node-ID", "use a URN or OID of 1 to 255 visible ASCII characters");
    }
  }

  private static boolean isVisible(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '!' || text.charAt(i) > '~') {
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
