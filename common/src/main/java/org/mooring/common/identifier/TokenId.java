// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A Token-ID (TS-0004 clause 6.3.3): {@code name@fqdn}.
 *
 * @param name as its issuer chose it, in its own case
 * @param issuer who issued the token
 */
public record TokenId(String name, Fqdn issuer) {
  private static final int RANDOM_OCTETS = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * @throws IdentifierSyntaxException if a character of the name does not fit
   */
  public TokenId {
    Syntax.requireUnreserved(name, "Token-ID");
  }

  /**
   * Reads a Token-ID.
   *
   * @throws IdentifierSyntaxException if the text has not the form
   */
  public static TokenId parse(String text) {
    IssuedName read = IssuedName.parse(text, "Token-ID");
    return new TokenId(read.name(), read.issuer());
  }

  /** A new one of 128 random bits, which nobody meets twice. */
  public static TokenId random(Fqdn issuer) {
    byte[] octets = new byte[RANDOM_OCTETS];
    RANDOM.nextBytes(octets);
    return new TokenId(HexFormat.of().formatHex(octets), issuer);
  }

  @Override
  public String toString() {
    return name + "@" + issuer;
  }
}
