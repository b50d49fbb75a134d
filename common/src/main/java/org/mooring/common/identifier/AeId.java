// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import java.util.Locale;

/**
 * An AE-ID (TS-0001 clause 7.1.3): the AE-ID-Stem {@code C…} or {@code S…}, alone, SP-relative
 * ({@code /cse/C…}, {@code /S…}) or absolute ({@code //sp/cse/C…}, {@code //sp/S…}).
 *
 * @param value the identifier as written
 */
public record AeId(String value) implements EntityId {
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
      value = normal(prefix.substring(0, prefix.length() - 1), kind) + "/" + stem;
    }
  }

  /** What stands before the stem, the provider's domain in lower case. */
  private static String normal(String prefix, char kind) {
    if (kind == 'C') {
      if (!CseId.isValid(prefix)) {
        throw new IdentifierSyntaxException("AE-ID", "a stem with 'C' stands below a CSE-ID");
      }
      return new CseId(prefix).value();
    }
    return prefix.isEmpty() ? prefix : SpId.parse(prefix).toString();
  }

  /**
   * Whether the text is an AE-ID in any form. Most texts that are asked about are CSE-IDs, so that
   * nothing is thrown to find out.
   */
  public static boolean isValid(String text) {
    int stemAt = text.lastIndexOf('/') + 1;
    if (!Syntax.isUnreserved(text.substring(stemAt))) {
      return false;
    }
    char kind = text.charAt(stemAt);
    if (kind != 'C' && kind != 'S') {
      return false;
    }
    return stemAt == 0 || isPrefix(text.substring(0, stemAt - 1), kind);
  }

  private static boolean isPrefix(String text, char kind) {
    return kind == 'C' ? CseId.isValid(text) : text.isEmpty() || SpId.isValid(text);
  }

  /** The AE-ID-Stem, without any slash. */
  public String stem() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /**
   * Whether the stem is a lone {@code C} or {@code S}: no AE's own, but how one asks for a stem
   * that begins so (TS-0001 clause 10.2.2.2).
   */
  public boolean isLoneLetter() {
    return stem().length() == 1;
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
    return isStem() && isAssignedByCse()
        ? new AeId(registrar.spRelative() + "/" + value)
        : spRelative();
  }

  @Override
  public boolean isAbsolute() {
    return value.startsWith("//");
  }

  @Override
  public AeId spRelative() {
    if (!isStem()) {
      return isAbsolute() ? new AeId(value.substring(value.indexOf('/', 2))) : this;
    }
    if (isAssignedByCse()) {
      throw new IllegalStateException(value + " names no registrar");
    }
    return new AeId("/" + value);
  }

  @Override
  public Fqdn fqdn(SpId sp) {
    String label = stem().toLowerCase(Locale.ROOT) + ".";
    AeId whole = absolute(sp);
    return whole.isAssignedByCse()
        ? new Fqdn(label + whole.registrar().fqdn(sp))
        : new Fqdn(label + sp.fqdn());
  }

  /**
   * The CSE that assigned the stem, in the form that stands in this identifier.
   *
   * @throws IllegalStateException if the identifier names none
   */
  public CseId registrar() {
    int end = value.lastIndexOf('/');
    if (end <= 0 || !isAssignedByCse()) {
      throw new IllegalStateException(value + " names no registrar");
    }
    return new CseId(value.substring(0, end));
  }

  @Override
  public AeId absolute(SpId sp) {
    return isAbsolute() ? this : new AeId(sp + spRelative().value());
  }

  @Override
  public String toString() {
    return value;
  }
}
