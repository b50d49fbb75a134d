// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.security.SecureRandom;

/** Names that this CSE makes: random, in lower-case base32 (RFC 4648) without padding. */
final class RandomIds {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int STEM_LENGTH = 26;
  private static final int SHORT_LENGTH = 12;

  private final SecureRandom random = new SecureRandom();

  /** A resourceName of 60 bits behind a prefix; unique enough below one parent. */
  String name(String prefix) {
    return prefix + "-" + next(SHORT_LENGTH);
  }

  /** 130 bits for an AE-ID-Stem. */
  String stemPart() {
    return next(STEM_LENGTH);
  }

  private String next(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
