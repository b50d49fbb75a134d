// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

/**
 * An M2M-SP-ID (TS-0001 clause 7.1.1): {@code //} and the provider's domain name.
 *
 * @param fqdn the provider's domain
 */
public record SpId(Fqdn fqdn) {
  /**
   * Reads an M2M-SP-ID.
   *
   * @throws IdentifierSyntaxException if the text does not start with {@code //} or is no domain
   */
  public static SpId parse(String text) {
    if (!text.startsWith("//")) {
      throw new IdentifierSyntaxException("M2M-SP-ID", "start with '//' and the provider's FQDN");
    }
    return new SpId(new Fqdn(text.substring(2)));
  }

  /** Whether the text is an M2M-SP-ID. */
  static boolean isValid(String text) {
    return text.startsWith("//") && Fqdn.isValid(text.substring(2));
  }

  @Override
  public String toString() {
    return "//" + fqdn;
  }
}
