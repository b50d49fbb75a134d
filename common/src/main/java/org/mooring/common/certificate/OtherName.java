// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * The UTF8String in an otherName (RFC 5280 clause 4.2.1.6), read out of its DER:
 *
 * <pre>
 * OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }
 * </pre>
 *
 * <p>The JDK hands an otherName over as it is, and what is to be read of it is this one form.
 */
final class OtherName {
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0C;
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
      ByteBuffer value = element(content, EXPLICIT_0);
      // The JDK of some releases leaves the value's own tag where RFC 5280 has it, twice.
      if (value.hasRemaining() && Byte.toUnsignedInt(value.get(value.position())) == EXPLICIT_0) {
        value = element(value, EXPLICIT_0);
      }
      return Optional.of(UTF_8.newDecoder().decode(element(value, UTF8_STRING)).toString());
    } catch (BufferUnderflowException | IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
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
    StringBuilder text = new StringBuilder();
    while (octets.hasRemaining()) {
      BigInteger arc = BigInteger.ZERO;
      int octet;
      do {
        octet = Byte.toUnsignedInt(octets.get());
        arc = arc.shiftLeft(ARC_BITS).or(BigInteger.valueOf(octet & 0x7F));
      } while ((octet & 0x80) != 0);
      text.append(text.isEmpty() ? first(arc) : "." + arc);
    }
    return text.toString();
  }

  /** The first two arcs share a number: 40 times the one and the other. */
  private static String first(BigInteger both) {
    int first = both.min(BigInteger.valueOf(80)).intValue() / 40;
    return first + "." + both.subtract(BigInteger.valueOf(40L * first));
  }
}
