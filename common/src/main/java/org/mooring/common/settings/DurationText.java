// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them. */
public final class DurationText {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|w)");

  private DurationText() {}

  /**
   * Reads {@code 500ms}, {@code 90s}, {@code 15m}, {@code 12h}, {@code 90d}, {@code 2w} or ISO 8601
   * such as {@code P90D} and {@code PT12H}.
   *
   * @throws IllegalArgumentException if the text has none of these forms or is not positive
   */
  public static Duration parse(String text) {
    Duration duration = read(text);
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("duration: give more than zero");
    }
    return duration;
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
