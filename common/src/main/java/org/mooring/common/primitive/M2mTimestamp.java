// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * m2m:timestamp (TS-0004 clause 6.3.3): {@code YYYYMMDDThhmmss}, optionally with a comma and one to
 * six digits of fraction, always UTC.
 */
public final class M2mTimestamp {
  /** What a node without a trusted clock sends as expirationTime: as late as the form allows. */
  public static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

  private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{6}(,\\d{1,6})?");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withResolverStyle(ResolverStyle.STRICT);
  private static final int SECONDS_LENGTH = 15;

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
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      Instant seconds =
          LocalDateTime.parse(text.substring(0, SECONDS_LENGTH), SECONDS).toInstant(ZoneOffset.UTC);
      return Optional.of(seconds.plusNanos(nanos(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static long nanos(String text) {
    if (text.length() == SECONDS_LENGTH) {
      return 0;
    }
    String digits = text.substring(SECONDS_LENGTH + 1);
    return Long.parseLong((digits + "000000000").substring(0, 9));
  }
}
