// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import java.util.Locale;

/**
 * A CSE-ID (TS-0001 clause 7.1.4), SP-relative {@code /id-in} or absolute {@code
 * //sp.example.org/id-in}. Case matters in the last segment.
 *
 * @param value the identifier as written
 */
public record CseId(String value) implements EntityId {
  private static final int NEITHER_FORM = -1;

  /**
   * @throws IdentifierSyntaxException if neither form fits
   */
  public CseId {
    int stemAt = stemStart(value);
    Syntax.requireUnreserved(value.substring(stemAt), "CSE-ID");
    if (stemAt > 1) {
      value = SpId.parse(value.substring(0, stemAt - 1)) + "/" + value.substring(stemAt);
    }
  }

  private static int stemStart(String text) {
    int start = stemStartIfAny(text);
    if (start == NEITHER_FORM) {
      throw new IdentifierSyntaxException("CSE-ID", "write '/name' or '//sp-fqdn/name'");
    }
    return start;
  }

  private static int stemStartIfAny(String text) {
    if (!text.startsWith("/")) {
      return NEITHER_FORM;
    }
    if (!text.startsWith("//")) {
      return 1;
    }
    int slash = text.indexOf('/', 2);
    return slash > 2 ? slash + 1 : NEITHER_FORM;
  }

  /** Whether the text is a CSE-ID in either form. */
  public static boolean isValid(String text) {
    int stemAt = stemStartIfAny(text);
    return stemAt != NEITHER_FORM
        && Syntax.isUnreserved(text.substring(stemAt))
        && (stemAt == 1 || SpId.isValid(text.substring(0, stemAt - 1)));
  }

  /** The last segment, without any slash. */
  public String stem() {
    return value.substring(stemStart(value));
  }

  @Override
  public boolean isAbsolute() {
    return value.startsWith("//");
  }

  /** The form {@code /name}, as {@code From} and {@code csi} carry it. */
  @Override
  public CseId spRelative() {
    return isAbsolute() ? new CseId("/" + stem()) : this;
  }

  /** The form {@code //sp/name}; an identifier that is absolute already is kept. */
  @Override
  public CseId absolute(SpId sp) {
    return isAbsolute() ? this : new CseId(sp + value);
  }

  /**
   * The provider in an absolute identifier.
   *
   * @throws IllegalStateException if the identifier is SP-relative
   */
  public SpId sp() {
    if (!isAbsolute()) {
      throw new IllegalStateException(value + " names no provider");
    }
    return SpId.parse(value.substring(0, stemStart(value) - 1));
  }

  /**
   * Its stem as a label before the provider's domain.
   *
   * @throws IdentifierSyntaxException if the stem can not stand in a domain name
   */
  @Override
  public Fqdn fqdn(SpId sp) {
    return new Fqdn(stem().toLowerCase(Locale.ROOT) + "." + sp.fqdn());
  }

  @Override
  public String toString() {
    return value;
  }
}
