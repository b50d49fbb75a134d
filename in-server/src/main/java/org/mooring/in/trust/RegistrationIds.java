// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Locale;

/** Makes resourceIDs of client registrations: 128 random bits in 26 characters. */
final class RegistrationIds {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BITS = 128;
  private static final int LENGTH = 26;

  private RegistrationIds() {}

  /** 26 digits to the base 32, {@code 0-9a-v}: shorter than the 32 hex digits of a key's id. */
  static String random() {
    String digits = new BigInteger(BITS, RANDOM).toString(32).toLowerCase(Locale.ROOT);
    return "0".repeat(LENGTH - digits.length()) + digits;
  }
}
