// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

/**
 * A Role-ID (TS-0001 clause 7.1.14, form of TS-0004 clause 6.3.3): {@code name@fqdn}.
 *
 * @param name as its issuer chose it, in its own case
 * @param issuer who issues the role
 */
public record RoleId(String name, Fqdn issuer) {
  /**
   * @throws IdentifierSyntaxException if a character of the name does not fit
   */
  public RoleId {
    Syntax.requireUnreserved(name, "Role-ID");
  }

  /**
   * Reads a Role-ID.
   *
   * @throws IdentifierSyntaxException if the text has not the form
   */
  public static RoleId parse(String text) {
    IssuedName read = IssuedName.parse(text, "Role-ID");
    return new RoleId(read.name(), read.issuer());
  }

  @Override
  public String toString() {
    return name + "@" + issuer;
  }
}
