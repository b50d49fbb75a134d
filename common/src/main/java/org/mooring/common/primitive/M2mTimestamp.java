// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * m2m:timestamp (TS-0004 clause 6.3.3): {@code YYYYMMDDThhmmss}, optionally with a comma and one to
 * six digits of fraction, always UTC.
 */
public final class M2mTimestamp {
  /** What a node without a trusted clock sends as expirationTime: as late as the form allows. */
  public static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

  private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
  private static final int T_AT = 8;
  private static final int SECONDS_LENGTH = 15;
  private static final int SHORTEST_FRACTION = SECONDS_LENGTH + 2;
  private static final int LONGEST_FRACTION = SECONDS_LENGTH + 7;

  private M2mTimestamp() {}

  /**
   * The instant in whole seconds, the form with 15 characters; what is cut off is lost, and what
   * lies behind {@link #NEVER} is written as it.
   */
  public static String format(Instant instant) {
    Instant written = instant.isAfter(NEVER) ? NEVER : instant;
    return SECONDS.format(LocalDateTime.ofInstant(written, ZoneOffset.UTC));
  }

  /** The instant the text names, or empty where it has not the form or names no real time. */
  public static Optional<Instant> parse(String text) {
    if (!hasForm(text)) {
      return Optional.empty();
    }
    try {
      LocalDateTime seconds =
          LocalDateTime.of(
              number(text, 0, 4),
              number(text, 4, 6),
              number(text, 6, 8),
              number(text, 9, 11),
              number(text, 11, 13),
              number(text, 13, SECONDS_LENGTH));
      return Optional.of(seconds.toInstant(ZoneOffset.UTC).plusNanos(nanos(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean hasForm(String text) {
    int length = text.length();
    if (length != SECONDS_LENGTH && (length < SHORTEST_FRACTION || length > LONGEST_FRACTION)) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean fits =
          switch (i) {
            case T_AT -> c == 'T';
            case SECONDS_LENGTH -> c == ',';
            default -> c >= '0' && c <= '9';
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private static long nanos(String text) {
    if (text.length() == SECONDS_LENGTH) {
      return 0;
    }
    String digits = text.substring(SECONDS_LENGTH + 1);
    return Long.parseLong((digits + "000000000").substring(0, 9));
  }
}
