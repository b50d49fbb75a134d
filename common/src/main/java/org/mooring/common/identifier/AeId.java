// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

/**
 * An AE-ID (TS-0001 clause 7.1.3): the AE-ID-Stem {@code C…} or {@code S…}, alone, SP-relative
 * ({@code /cse/C…}, {@code /S…}) or absolute ({@code //sp/cse/C…}, {@code //sp/S…}).
 *
 * @param value the identifier as written
 */
public record AeId(String value) {
  /**
   * @throws IdentifierSyntaxException if the stem's first letter or the form is wrong
   */
  public AeId {
    String stem = value.substring(value.lastIndexOf('/') + 1);
    Syntax.requireUnreserved(stem, "AE-ID");
    char kind = stem.charAt(0);
    if (kind != 'C' && kind != 'S') {
      throw new IdentifierSyntaxException("AE-ID", "the stem starts with 'C' or 'S'");
    }
    String prefix = value.substring(0, value.length() - stem.length());
    if (!prefix.isEmpty()) {
      requirePrefix(prefix.substring(0, prefix.length() - 1), kind);
    }
  }

  private static void requirePrefix(String prefix, char kind) {
    if (kind == 'C') {
      if (!CseId.isValid(prefix)) {
        throw new IdentifierSyntaxException("AE-ID", "a stem with 'C' stands below a CSE-ID");
      }
    } else if (!prefix.isEmpty()) {
      SpId.parse(prefix);
    }
  }

  /** Whether the text is an AE-ID in any form. */
  public static boolean isValid(String text) {
    try {
      return !new AeId(text).value().isEmpty();
    } catch (IdentifierSyntaxException e) {
      return false;
    }
  }

  /** The AE-ID-Stem, without any slash. */
  public String stem() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  public boolean isStem() {
    return value.indexOf('/') < 0;
  }

  /** Whether the registrar CSE, not the service provider, assigned the stem. */
  public boolean isAssignedByCse() {
    return stem().charAt(0) == 'C';
  }

  /** The SP-relative form: {@code /cse/C…} below the registrar, or {@code /S…}. */
  public AeId spRelative(CseId registrar) {
    if (!isStem()) {
      return isAbsolute() ? new AeId(value.substring(value.indexOf('/', 2))) : this;
    }
    return new AeId(isAssignedByCse() ? registrar.spRelative() + "/" + value : "/" + value);
  }

  public boolean isAbsolute() {
    return value.startsWith("//");
  }

  @Override
  public String toString() {
    return value;
  }
}
