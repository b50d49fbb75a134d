// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import java.security.SecureRandom;
import java.time.Instant;

/**
 * Makes identifiers in the order of time: 48 bits of milliseconds since 1970 and 80 random bits, as
 * 26 digits to the base 32 ({@code 0-9a-v}). Those of one moment stand side by side in an index,
 * where random ones would touch a page each.
 */
public final class TimedId {
  /** Length of an identifier in characters. */
  public static final int LENGTH = 26;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int DIGIT_BITS = 5;
  private static final int RADIX = 1 << DIGIT_BITS;
  private static final int TIME_DIGITS = 10;
  private static final int RANDOM_DIGITS = LENGTH - TIME_DIGITS;
  private static final int RANDOM_OCTETS = RANDOM_DIGITS * DIGIT_BITS / Byte.SIZE;

  private TimedId() {}

  /** A new identifier; nobody meets one twice. */
  public static String at(Instant now) {
    char[] digits = new char[LENGTH];
    long time = now.toEpochMilli();
    for (int i = TIME_DIGITS - 1; i >= 0; i--) {
      digits[i] = digit((int) time);
      time >>>= DIGIT_BITS;
    }
    byte[] octets = new byte[RANDOM_OCTETS];
    RANDOM.nextBytes(octets);
    for (int i = 0; i < RANDOM_DIGITS; i++) {
      digits[TIME_DIGITS + i] = digit(bitsAt(octets, i * DIGIT_BITS));
    }
    return new String(digits);
  }

  /** The bits from there on; at least five of them are the octets' own. */
  private static int bitsAt(byte[] octets, int bit) {
    int first = bit / Byte.SIZE;
    int second = Math.min(first + 1, octets.length - 1);
    int both = (octets[first] & 0xff) << Byte.SIZE | (octets[second] & 0xff);
    return both >>> (2 * Byte.SIZE - DIGIT_BITS - bit % Byte.SIZE);
  }

  private static char digit(int value) {
    return Character.forDigit(value & (RADIX - 1), RADIX);
  }
}
