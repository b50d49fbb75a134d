// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import java.util.HashSet;
import java.util.Set;
import org.mooring.common.certificate.DerReader;

/**
 * What a server wants in certification requests: {@code CsrAttrs ::= SEQUENCE OF (OBJECT IDENTIFIER
 * or SEQUENCE { type, SET of values })} (RFC 7030 clause 4.5.2).
 */
final class WantedAttributes {
  private static final String EC_PUBLIC_KEY = "1.2.840.10045.2.1";
  private static final String RSA = "1.2.840.113549.1.1.1";
  private static final String SECP256R1 = "1.2.840.10045.3.1.7";

  private WantedAttributes() {}

  /**
   * Makes sure that the node's kind of key will do; other wishes the server may fulfil itself.
   *
   * @throws BadAnswerException if the octets are no such attributes, or ask for another kind of key
   */
  static void requireSatisfiable(byte[] der) {
    try {
      DerReader wishes = DerReader.of(der).sequence();
      while (wishes.hasNext()) {
        if (wishes.isSequenceNext()) {
          readAttribute(wishes.sequence());
        } else {
          var unused = wishes.objectIdentifier();
        }
      }
    } catch (IllegalArgumentException e) {
      throw new BadAnswerException("csrattrs can not be read");
    }
  }

  private static void readAttribute(DerReader attribute) {
    String type = attribute.objectIdentifier();
    DerReader values = attribute.set();
    if (type.equals(RSA)) {
      throw new BadAnswerException("csrattrs ask for an RSA key");
    }
    if (!type.equals(EC_PUBLIC_KEY)) {
      return;
    }
    Set<String> curves = new HashSet<>();
    while (values.hasNext()) {
      curves.add(values.objectIdentifier());
    }
    if (!curves.isEmpty() && !curves.contains(SECP256R1)) {
      throw new BadAnswerException("csrattrs ask for another curve than secp256r1");
    }
  }
}
