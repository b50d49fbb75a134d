// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

/**
 * The identifier of whoever can be a client of a function or the end of a security association: a
 * CSE or an AE (TS-0001 clause 7.1).
 */
public sealed interface EntityId permits CseId, AeId {
  /** The identifier as written. */
  String value();

  boolean isAbsolute();

  /**
   * The form inside its service provider: {@code /name} of a CSE, {@code /S…} or {@code /cse/C…} of
   * an AE.
   *
   * @throws IllegalStateException if it is the stem of an AE-ID that its registrar assigned
   */
  EntityId spRelative();

  /**
   * The form that holds everywhere; an identifier that is absolute already is kept.
   *
   * @throws IllegalStateException if it is the stem of an AE-ID that its registrar assigned
   */
  EntityId absolute(SpId sp);

  /**
   * Its public domain name, in lower case: of a CSE the one of TS-0001 clause 6.5.1.1. TS-0003
   * clause 10.3.7 asks for one of an AE and none is defined; here it is the stem as a label before
   * the domain of whoever assigned it, the provider or the registrar CSE.
   *
   * @throws IdentifierSyntaxException if the stem can not stand in a domain name
   */
  Fqdn fqdn(SpId sp);

  /** Whether both name the same entity, when a relative one is read inside {@code sp}. */
  default boolean isSameAs(EntityId other, SpId sp) {
    return absolute(sp).equals(other.absolute(sp));
  }

  /**
   * Reads an SP-relative or absolute identifier. {@code /S…} could be either by its syntax and is
   * an AE-ID here, since providers assign CSE-IDs in lower case.
   *
   * @throws IdentifierSyntaxException if it is neither a CSE-ID nor an AE-ID
   */
  static EntityId of(String text) {
    if (text.startsWith("/") && AeId.isValid(text)) {
      return new AeId(text);
    }
    return new CseId(text);
  }
}
