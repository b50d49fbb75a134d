// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans and times as people write them. */
final class TimeText {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|w)");

  private TimeText() {}

  /**
   * A span: {@code 500ms}, {@code 90s}, {@code 15m}, {@code 12h}, {@code 90d}, {@code 2w} or ISO
   * 8601 such as {@code P90D} and {@code PT12H}.
   *
   * @throws IllegalArgumentException if it has none of these forms or is not positive
   */
  static Duration duration(String text) {
    Duration duration = read(text);
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("duration: give more than zero");
    }
    return duration;
  }

  /**
   * A time: ISO 8601 with its zone, a date (its start in UTC), or a span from now on.
   *
   * @throws IllegalArgumentException if it has none of these forms
   */
  static Instant time(String text, Instant now) {
    try {
      if (text.indexOf('-') < 0) {
        return now.plus(duration(text));
      }
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "time: write 2030-01-31, 2030-01-31T12:00:00Z or a span from now such as 90d");
    }
  }

  private static Duration read(String text) {
    Matcher matcher = SHORT.matcher(text);
    if (!matcher.matches()) {
      try {
        return Duration.parse(text);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("duration: write 90s, 15m, 12h, 90d or ISO 8601");
      }
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofDays(7 * count);
    };
  }
}
