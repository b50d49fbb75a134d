// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Reads elements of DER (X.690) one after the other. Lengths of up to two octets are read: what is
 * read here is short.
 */
public final class DerReader {
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int UTF8_STRING = 0x0C;
  static final int RELATIVE_OID = 0x0D;
  static final int EXPLICIT_0 = 0xA0;

  private static final int LONG_LENGTH = 0x80;
  private static final int MOST_LENGTH_OCTETS = 2;
  private static final int ARC_BITS = 7;

  private final ByteBuffer octets;

  private DerReader(ByteBuffer octets) {
    this.octets = octets;
  }

  /** Reads from the first octet on. */
  public static DerReader of(byte[] der) {
    return new DerReader(ByteBuffer.wrap(der));
  }

  /** Whether there is another element. */
  public boolean hasNext() {
    return octets.hasRemaining();
  }

  /** Whether the next element has a tag; false where there is none. */
  public boolean isNext(int tag) {
    return hasNext() && Byte.toUnsignedInt(octets.get(octets.position())) == tag;
  }

  /**
   * The content of the next element.
   *
   * @throws IllegalArgumentException if it has another tag, an odd length, or is cut short
   */
  public DerReader element(int tag) {
    try {
      return new DerReader(content(tag));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("DER: cut short", e);
    }
  }

  /** The content of the next element, a SEQUENCE; fails as {@link #element}. */
  public DerReader sequence() {
    return element(SEQUENCE);
  }

  /** The content of the next element, a SET; fails as {@link #element}. */
  public DerReader set() {
    return element(SET);
  }

  /** Whether the next element is a SEQUENCE. */
  public boolean isSequenceNext() {
    return isNext(SEQUENCE);
  }

  /** The next element, an OCTET STRING; fails as {@link #element}. */
  public byte[] octetString() {
    ByteBuffer content = element(OCTET_STRING).octets;
    byte[] string = new byte[content.remaining()];
    content.get(string);
    return string;
  }

  /** The next element, an OBJECT IDENTIFIER, in dotted form; fails as {@link #element}. */
  public String objectIdentifier() {
    ByteBuffer content = element(OBJECT_IDENTIFIER).octets;
    try {
      return content.hasRemaining() ? firstTwo(arc(content)) + furtherArcs(content) : "";
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("DER: cut short", e);
    }
  }

  /** The next element, a RELATIVE-OID, each arc behind a dot; fails as {@link #element}. */
  public String relativeIdentifier() {
    try {
      return furtherArcs(element(RELATIVE_OID).octets);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("DER: cut short", e);
    }
  }

  private static String furtherArcs(ByteBuffer content) {
    StringBuilder text = new StringBuilder();
    while (content.hasRemaining()) {
      text.append('.').append(arc(content));
    }
    return text.toString();
  }

  /** Passes over the next element, whatever it is; fails as {@link #element}. */
  public void skip() {
    if (!hasNext()) {
      throw new IllegalArgumentException("DER: cut short");
    }
    var unused = element(Byte.toUnsignedInt(octets.get(octets.position())));
  }

  /** What is left. */
  ByteBuffer rest() {
    return octets;
  }

  private ByteBuffer content(int tag) {
    if (Byte.toUnsignedInt(octets.get()) != tag) {
      throw new IllegalArgumentException("DER: another tag");
    }
    int length = Byte.toUnsignedInt(octets.get());
    if (length >= LONG_LENGTH) {
      int count = length - LONG_LENGTH;
      if (count == 0 || count > MOST_LENGTH_OCTETS) {
        throw new IllegalArgumentException("DER: odd length");
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        length = length << Byte.SIZE | Byte.toUnsignedInt(octets.get());
      }
    }
    if (length > octets.remaining()) {
      throw new IllegalArgumentException("DER: cut short");
    }
    ByteBuffer content = octets.slice(octets.position(), length);
    octets.position(octets.position() + length);
    return content;
  }

  private static BigInteger arc(ByteBuffer content) {
    BigInteger arc = BigInteger.ZERO;
    int octet;
    do {
      octet = Byte.toUnsignedInt(content.get());
      arc = arc.shiftLeft(ARC_BITS).or(BigInteger.valueOf(octet & 0x7F));
    } while ((octet & 0x80) != 0);
    return arc;
  }

  /** The first two arcs share a number: 40 times the one and the other. */
  private static String firstTwo(BigInteger both) {
    int first = both.min(BigInteger.valueOf(80)).intValue() / 40;
    return first + "." + both.subtract(BigInteger.valueOf(40L * first));
  }
}
