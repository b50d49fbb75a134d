// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import java.util.regex.Pattern;

/**
 * An M2M-Node-ID (TS-0001 clause 7.1.5): a URN, an OID or another globally unique text without
 * white space.
 *
 * @param value 1 to 255 visible ASCII characters
 */
public record NodeId(String value) {
  private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,255}");

  /**
   * @throws IdentifierSyntaxException if white space, control or non-ASCII characters occur
   */
  public NodeId {
    if (!VISIBLE.matcher(value).matches()) {
      throw new IdentifierSyntaxException(
          "M2M-Node-ID", "use a URN or OID of 1 to 255 visible ASCII characters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
