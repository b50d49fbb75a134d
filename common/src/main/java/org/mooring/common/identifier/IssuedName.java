// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

/**
 * The form {@code name@fqdn} that Token-IDs and Role-IDs share (TS-0004 clause 6.3.3), split.
 *
 * @param name what stands before the {@code @}, unchecked
 * @param issuer who gave the name
 */
record IssuedName(String name, Fqdn issuer) {
  /**
   * Splits at the first {@code @}.
   *
   * @param identifier names it in the message
   * @throws IdentifierSyntaxException if there is none, or no FQDN behind it
   */
  static IssuedName parse(String text, String identifier) {
    int at = text.indexOf('@');
    if (at < 1) {
      throw new IdentifierSyntaxException(identifier, "write 'name@issuer-fqdn'");
    }
    return new IssuedName(text.substring(0, at), new Fqdn(text.substring(at + 1)));
  }
}
