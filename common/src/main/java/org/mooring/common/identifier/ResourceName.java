// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

/**
 * A resourceName, one segment of a structured resource identifier (TS-0004 clause 6.2.4).
 *
 * @param value 1 to 255 characters of {@code unreserved}; never the names of virtual children
 */
public record ResourceName(String value) {
  /**
   * @throws IdentifierSyntaxException if a character does not fit or the name is reserved
   */
  public ResourceName {
    Syntax.requireUnreserved(value, "resourceName");
    if (value.equals("la") || value.equals("ol")) {
      throw new IdentifierSyntaxException(
          "resourceName", "'la' and 'ol' name the latest and oldest instance, choose another");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
