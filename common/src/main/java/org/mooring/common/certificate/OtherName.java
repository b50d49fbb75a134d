// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What stands in an otherName (RFC 5280 clause 4.2.1.6), read out of its DER:
 *
 * <pre>
 * OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }
 * </pre>
 *
 * <p>The JDK hands an otherName over as it is, and what is to be read of it are these few forms.
 */
final class OtherName {
  /** {@code id-on-hardwareModuleName} (RFC 4108 clause 5). */
  static final String HARDWARE_MODULE_NAME = "1.3.6.1.5.5.7.8.4";

  private OtherName() {}

  /**
   * The text, if the name is of this type and has one.
   *
   * @param type an object identifier in dotted form
   */
  static Optional<String> text(byte[] der, String type) {
    try {
      DerReader content = DerReader.of(der).sequence();
      if (!content.objectIdentifier().equals(type)) {
        return Optional.empty();
      }
      DerReader text = value(content).element(DerReader.UTF8_STRING);
      return Optional.of(UTF_8.newDecoder().decode(text.rest()).toString());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * The hardware instance identifier in the form of {@link HardwareId}: of a hardwareModuleName,
   * {@code SEQUENCE { hwType OBJECT IDENTIFIER, hwSerialNum OCTET STRING }}, or an M2M Device ID,
   * whose last arcs stand as a RELATIVE-OID below those in the type (TS-0003 clause 10.1.1.4.1).
   */
  static Optional<String> hardwareId(byte[] der) {
    try {
      DerReader content = DerReader.of(der).sequence();
      String type = content.objectIdentifier();
      DerReader value = value(content);
      return Optional.of(
          type.equals(HARDWARE_MODULE_NAME)
              ? moduleName(value.sequence())
              : type + value.relativeIdentifier());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String moduleName(DerReader content) {
    String type = content.objectIdentifier();
    return type + ":" + HexFormat.of().formatHex(content.octetString());
  }

  private static DerReader value(DerReader content) {
    DerReader value = content.element(DerReader.EXPLICIT_0);
    // The JDK of some releases leaves the value's own tag where RFC 5280 has it, twice.
    return value.isNext(DerReader.EXPLICIT_0) ? value.element(DerReader.EXPLICIT_0) : value;
  }
}
