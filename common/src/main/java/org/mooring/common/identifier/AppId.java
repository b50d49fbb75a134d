// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

/**
 * An App-ID (TS-0001 clause 7.1.2): registered {@code R…} or not registered {@code N…}; a lower
 * case {@code r} is tolerated as up to Release 3.
 *
 * @param value the identifier as written
 */
public record AppId(String value) {
  /**
   * @throws IdentifierSyntaxException if the first letter or a character does not fit
   */
  public AppId {
    Syntax.requireUnreserved(value, "App-ID");
    if ("RrN".indexOf(value.charAt(0)) < 0) {
      throw new IdentifierSyntaxException("App-ID", "start with 'R' (registered) or 'N'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
