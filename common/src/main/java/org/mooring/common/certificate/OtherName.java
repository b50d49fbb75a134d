// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
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

  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0C;
  private static final int RELATIVE_OID = 0x0D;
  private static final int SEQUENCE = 0x30;
  private static final int EXPLICIT_0 = 0xA0;
  private static final int LONG_LENGTH = 0x80;
  private static final int MOST_LENGTH_OCTETS = 2;
  private static final int ARC_BITS = 7;

  private OtherName() {}

  /**
   * The text, if the name is of this type and has one.
   *
   * @param type an object identifier in dotted form
   */
  static Optional<String> text(byte[] der, String type) {
    try {
      ByteBuffer content = element(ByteBuffer.wrap(der), SEQUENCE);
      if (!objectIdentifier(element(content, OBJECT_IDENTIFIER)).equals(type)) {
        return Optional.empty();
      }
      ByteBuffer text = element(value(content), UTF8_STRING);
      return Optional.of(UTF_8.newDecoder().decode(text).toString());
    } catch (BufferUnderflowException | IllegalArgumentException | CharacterCodingException e) {
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
      ByteBuffer content = element(ByteBuffer.wrap(der), SEQUENCE);
      String type = objectIdentifier(element(content, OBJECT_IDENTIFIER));
      ByteBuffer value = value(content);
      return Optional.of(
          type.equals(HARDWARE_MODULE_NAME)
              ? moduleName(element(value, SEQUENCE))
              : type + relativeIdentifier(element(value, RELATIVE_OID)));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String moduleName(ByteBuffer content) {
    String type = objectIdentifier(element(content, OBJECT_IDENTIFIER));
    ByteBuffer serial = element(content, OCTET_STRING);
    byte[] octets = new byte[serial.remaining()];
    serial.get(octets);
    return type + ":" + HexFormat.of().formatHex(octets);
  }

  private static ByteBuffer value(ByteBuffer content) {
    ByteBuffer value = element(content, EXPLICIT_0);
    // The JDK of some releases leaves the value's own tag where RFC 5280 has it, twice.
    boolean twice =
        value.hasRemaining() && Byte.toUnsignedInt(value.get(value.position())) == EXPLICIT_0;
    return twice ? element(value, EXPLICIT_0) : value;
  }

  /**
   * The content of the next element.
   *
   * @throws IllegalArgumentException if it has another tag or an odd length
   */
  private static ByteBuffer element(ByteBuffer from, int tag) {
    if (Byte.toUnsignedInt(from.get()) != tag) {
      throw new IllegalArgumentException("tag");
    }
    int length = Byte.toUnsignedInt(from.get());
    if (length >= LONG_LENGTH) {
      int octets = length - LONG_LENGTH;
      if (octets == 0 || octets > MOST_LENGTH_OCTETS) {
        throw new IllegalArgumentException("length");
      }
      length = 0;
      for (int i = 0; i < octets; i++) {
        length = length << Byte.SIZE | Byte.toUnsignedInt(from.get());
      }
    }
    if (length > from.remaining()) {
      throw new IllegalArgumentException("length");
    }
    ByteBuffer content = from.slice(from.position(), length);
    from.position(from.position() + length);
    return content;
  }

  private static String objectIdentifier(ByteBuffer octets) {
    StringBuilder text = new StringBuilder(first(arc(octets)));
    return text.append(relativeIdentifier(octets)).toString();
  }

  /** Each arc behind a dot. */
  private static String relativeIdentifier(ByteBuffer octets) {
    StringBuilder text = new StringBuilder();
    while (octets.hasRemaining()) {
      text.append('.').append(arc(octets));
    }
    return text.toString();
  }

  private static BigInteger arc(ByteBuffer octets) {
    BigInteger arc = BigInteger.ZERO;
    int octet;
    do {
      octet = Byte.toUnsignedInt(octets.get());
      arc = arc.shiftLeft(ARC_BITS).or(BigInteger.valueOf(octet & 0x7F));
    } while ((octet & 0x80) != 0);
    return arc;
  }

  /** The first two arcs share a number: 40 times the one and the other. */
  private static String first(BigInteger both) {
    int first = both.min(BigInteger.valueOf(80)).intValue() / 40;
    return first + "." + both.subtract(BigInteger.valueOf(40L * first));
  }
}
