// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.common.certificate.DerWriter.objectIdentifier;
import static org.mooring.common.certificate.DerWriter.sequence;
import static org.mooring.common.certificate.DerWriter.set;

import org.junit.jupiter.api.Test;

/** CSR attributes (RFC 7030 clause 4.5.2). */
class WantedAttributesTest {
  private static final byte[] EC_KEY = objectIdentifier("1.2.840.10045.2.1");

  @Test
  void aKeyOnP256AndOtherWishesWillDo() {
    byte[] wanted =
        sequence(
            objectIdentifier("1.2.840.113549.1.9.7"),
            sequence(EC_KEY, set(objectIdentifier("1.2.840.10045.3.1.7"))),
            sequence(objectIdentifier("1.3.6.1.1.1.1.22"), set(objectIdentifier("1.2.3"))));

    assertThatCode(() -> WantedAttributes.requireSatisfiable(wanted)).doesNotThrowAnyException();
    assertThatCode(() -> WantedAttributes.requireSatisfiable(sequence()))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherKindOfKeyWillNot() {
    byte[] p384 = sequence(sequence(EC_KEY, set(objectIdentifier("1.3.132.0.34"))));
    byte[] rsa =
        sequence(
            sequence(objectIdentifier("1.2.840.113549.1.1.1"), set(objectIdentifier("1.2.3"))));

    assertThatThrownBy(() -> WantedAttributes.requireSatisfiable(p384))
        .isInstanceOf(BadAnswerException.class)
        .hasMessageContaining("secp256r1");
    assertThatThrownBy(() -> WantedAttributes.requireSatisfiable(rsa))
        .isInstanceOf(BadAnswerException.class)
        .hasMessageContaining("RSA");
  }
}
