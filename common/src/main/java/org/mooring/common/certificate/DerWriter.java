// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes elements of DER (X.690), each as its octets, the inner ones first. */
public final class DerWriter {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int LONG_LENGTH = 0x80;
  private static final int ARC_BITS = 7;
  private static final int MORE = 0x80;

  private DerWriter() {}

  /** An element with a tag of one octet, around others. */
  public static byte[] element(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    Arrays.stream(contents).forEach(content::writeBytes);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    writeLength(whole, content.size());
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }

  /** A SEQUENCE of elements. */
  public static byte[] sequence(byte[]... elements) {
    return element(DerReader.SEQUENCE, elements);
  }

  /** A SET of one element: more would have to be sorted. */
  public static byte[] set(byte[] element) {
    return element(DerReader.SET, element);
  }

  /** A small INTEGER, from 0 to 127. */
  public static byte[] integer(int value) {
    return element(INTEGER, new byte[] {(byte) value});
  }

  /** A BIT STRING of whole octets. */
  public static byte[] bitString(byte[] octets) {
    return element(BIT_STRING, new byte[] {0}, octets);
  }

  public static byte[] octetString(byte[] octets) {
    return element(OCTET_STRING, octets);
  }

  public static byte[] utf8String(String text) {
    return element(DerReader.UTF8_STRING, text.getBytes(UTF_8));
  }

  /** A string of ASCII under a tag of the caller's, such as a dNSName's. */
  public static byte[] ascii(int tag, String text) {
    return element(tag, text.getBytes(US_ASCII));
  }

  /**
   * An OBJECT IDENTIFIER.
   *
   * @param dotted its arcs, at least two
   */
  public static byte[] objectIdentifier(String dotted) {
    List<BigInteger> arcs =
        new ArrayList<>(Arrays.stream(dotted.split("\\.", -1)).map(BigInteger::new).toList());
    BigInteger first = arcs.remove(0).multiply(BigInteger.valueOf(40)).add(arcs.remove(0));
    arcs.add(0, first);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    arcs.forEach(arc -> writeArc(content, arc));
    return element(DerReader.OBJECT_IDENTIFIER, content.toByteArray());
  }

  private static void writeArc(ByteArrayOutputStream to, BigInteger arc) {
    int groups = Math.max(1, (arc.bitLength() + ARC_BITS - 1) / ARC_BITS);
    for (int group = groups - 1; group >= 0; group--) {
      int bits = arc.shiftRight(group * ARC_BITS).intValue() & 0x7F;
      to.write(group == 0 ? bits : bits | MORE);
    }
  }

  private static void writeLength(ByteArrayOutputStream to, int length) {
    if (length < LONG_LENGTH) {
      to.write(length);
      return;
    }
    byte[] octets = BigInteger.valueOf(length).toByteArray();
    int from = octets[0] == 0 ? 1 : 0;
    to.write(LONG_LENGTH | (octets.length - from));
    to.write(octets, from, octets.length - from);
  }
}
