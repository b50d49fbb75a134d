// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import java.util.Locale;
import java.util.Optional;

/**
 * A key identifier {@code relative@issuer} (TS-0003 clauses 10.3.4, 10.3.5, 10.5 and 10.6): KpmId,
 * KeId, KmId, KpsaId or the identifier of a Kc.
 *
 * <p>The issuer is folded to lower case and a relative part of 32 hex digits to upper case; any
 * other relative part keeps its case.
 *
 * @param relative letters, digits and {@code . _ - + / =} (the last three for a B-TID's base64)
 * @param issuer the function or stakeholder that names the key
 */
public record KeyIdentifier(String relative, Fqdn issuer) {
  /** The longest PSK identity that every peer must take (RFC 4279 clause 5.3), in octets. */
  public static final int MAX_OCTETS = 128;

  private static final String SIGNS = "._-+/=";
  private static final int MAX_RELATIVE_LENGTH = 126;

  /**
   * @throws IdentifierSyntaxException if a character does not fit or the whole exceeds 128 octets
   */
  public KeyIdentifier {
    if (!isRelative(relative)) {
      throw new IdentifierSyntaxException(
          "key identifier", "write letters, digits, '.', '_' or '-' before the '@'");
    }
    if (RelativeKeyId.isValid(relative)) {
      relative = relative.toUpperCase(Locale.ROOT);
    }
    if (relative.length() + 1 + issuer.value().length() > MAX_OCTETS) {
      throw new IdentifierSyntaxException("key identifier", "keep it to 128 octets");
    }
  }

  private static boolean isRelative(String text) {
    if (text.isEmpty() || text.length() > MAX_RELATIVE_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Syntax.isAlphanumeric(c) && SIGNS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Splits at the last {@code @}.
   *
   * @throws IdentifierSyntaxException if there is none or a part does not fit
   */
  public static KeyIdentifier parse(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1) {
      throw new IdentifierSyntaxException("key identifier", "write 'name@issuer-fqdn'");
    }
    return new KeyIdentifier(text.substring(0, at), new Fqdn(text.substring(at + 1)));
  }

  /**
   * The one form of identifiers whose relative parts differ in case alone: in lower case, 32 hex
   * digits in upper case. To a MAF they name the same key (TS-0003 clause 10.6), to no other
   * issuer.
   */
  public KeyIdentifier regardlessOfCase() {
    return new KeyIdentifier(relative.toLowerCase(Locale.ROOT), issuer);
  }

  /** The relative part as a RelativeKeyID, where it is one. */
  public Optional<RelativeKeyId> relativeKeyId() {
    return RelativeKeyId.isValid(relative)
        ? Optional.of(new RelativeKeyId(relative))
        : Optional.empty();
  }

  // By hand, as is hashCode: a record's own is put together at its first call, dear at a start.
  @Override
  public boolean equals(Object other) {
    return other instanceof KeyIdentifier that
        && relative.equals(that.relative)
        && issuer.equals(that.issuer);
  }

  @Override
  public int hashCode() {
    return 31 * relative.hashCode() + issuer.hashCode();
  }

  /** The text a handshake carries as psk_identity. */
  @Override
  public String toString() {
    return relative + "@" + issuer;
  }
}
