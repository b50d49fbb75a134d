// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One CoAP message (RFC 7252 clause 3), encoded and decoded without a CoAP library. */
@SuppressWarnings("ArrayRecordComponent") // octets as they travel; never compared
public record RawCoap(
    Type type, int code, int messageId, byte[] token, List<Option> options, byte[] payload) {
  public static final int EMPTY = 0x00;
  public static final int GET = 0x01;
  public static final int POST = 0x02;
  public static final int PUT = 0x03;
  public static final int DELETE = 0x04;

  private static final int VERSION = 1;
  private static final int PAYLOAD_MARKER = 0xFF;
  private static final int ONE_EXTENDED_OCTET = 13;
  private static final int TWO_EXTENDED_OCTETS = 14;
  private static final int TWO_OCTETS_FROM = 269;

  /** The message types. */
  public enum Type {
    CON(0),
    NON(1),
    ACK(2),
    RST(3);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    private static Type of(int number) {
      return switch (number) {
        case 0 -> CON;
        case 1 -> NON;
        case 2 -> ACK;
        default -> RST;
      };
    }
  }

  /** An option with its raw value. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Option(int number, byte[] value) {
    public static Option text(int number, String value) {
      return new Option(number, value.getBytes(StandardCharsets.UTF_8));
    }

    /** An unsigned integer in as few octets as it needs, zero in none (RFC 7252 clause 3.2). */
    public static Option number(int number, int value) {
      int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 7) / 8;
      byte[] encoded = new byte[octets];
      for (int i = 0; i < octets; i++) {
        encoded[i] = (byte) (value >>> (8 * (octets - 1 - i)));
      }
      return new Option(number, encoded);
    }

    public int asNumber() {
      int read = 0;
      for (byte octet : value) {
        read = (read << 8) | (octet & 0xFF);
      }
      return read;
    }
  }

  /** An empty acknowledgement. */
  public static RawCoap acknowledge(int messageId) {
    return new RawCoap(Type.ACK, EMPTY, messageId, new byte[0], List.of(), new byte[0]);
  }

  /** The code as people write it: {@code 2.05}. */
  public String codeText() {
    return "%d.%02d".formatted(code >>> 5, code & 0x1F);
  }

  public String payloadText() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** The first option of a number. */
  public Optional<Option> option(int number) {
    return options.stream().filter(option -> option.number() == number).findFirst();
  }

  public byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write((VERSION << 6) | (type.number << 4) | token.length);
    out.write(code);
    out.write(messageId >>> 8);
    out.write(messageId);
    out.writeBytes(token);
    int previous = 0;
    for (Option option :
        options.stream().sorted(Comparator.comparingInt(Option::number)).toList()) {
      writeOption(out, option.number() - previous, option.value());
      previous = option.number();
    }
    if (payload.length > 0) {
      out.write(PAYLOAD_MARKER);
      out.writeBytes(payload);
    }
    return out.toByteArray();
  }

  private static void writeOption(ByteArrayOutputStream out, int delta, byte[] value) {
    out.write((nibble(delta) << 4) | nibble(value.length));
    writeExtension(out, delta);
    writeExtension(out, value.length);
    out.writeBytes(value);
  }

  private static int nibble(int value) {
    if (value < ONE_EXTENDED_OCTET) {
      return value;
    }
    return value < TWO_OCTETS_FROM ? ONE_EXTENDED_OCTET : TWO_EXTENDED_OCTETS;
  }

  private static void writeExtension(ByteArrayOutputStream out, int value) {
    if (value >= TWO_OCTETS_FROM) {
      out.write((value - TWO_OCTETS_FROM) >>> 8);
      out.write(value - TWO_OCTETS_FROM);
    } else if (value >= ONE_EXTENDED_OCTET) {
      out.write(value - ONE_EXTENDED_OCTET);
    }
  }

  /**
   * Reads the one message that fills a buffer.
   *
   * @throws IllegalArgumentException if it is no CoAP message
   */
  public static RawCoap decode(byte[] message) {
    try {
      return read(ByteBuffer.wrap(message));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a CoAP message of " + message.length + " octets", e);
    }
  }

  private static RawCoap read(ByteBuffer in) {
    int first = in.get() & 0xFF;
    if (first >>> 6 != VERSION) {
      throw new IllegalArgumentException("CoAP version " + (first >>> 6));
    }
    int code = in.get() & 0xFF;
    int messageId = in.getShort() & 0xFFFF;
    byte[] token = octets(in, first & 0x0F);
    List<Option> options = new ArrayList<>();
    byte[] payload = new byte[0];
    int number = 0;
    while (in.hasRemaining()) {
      int header = in.get() & 0xFF;
      if (header == PAYLOAD_MARKER) {
        payload = octets(in, in.remaining());
        break;
      }
      number += extended(in, header >>> 4);
      int length = extended(in, header & 0x0F);
      options.add(new Option(number, octets(in, length)));
    }
    return new RawCoap(
        Type.of((first >>> 4) & 0x03), code, messageId, token, List.copyOf(options), payload);
  }

  private static int extended(ByteBuffer in, int nibble) {
    return switch (nibble) {
      case ONE_EXTENDED_OCTET -> ONE_EXTENDED_OCTET + (in.get() & 0xFF);
      case TWO_EXTENDED_OCTETS -> TWO_OCTETS_FROM + (in.getShort() & 0xFFFF);
      default -> nibble;
    };
  }

  private static byte[] octets(ByteBuffer in, int length) {
    byte[] read = new byte[length];
    in.get(read);
    return read;
  }
}
