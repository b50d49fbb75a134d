// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.settings.DurationText;

/** Points in time as people write them. */
final class TimeText {
  private TimeText() {}

  /**
   * A time: ISO 8601 with its zone, a date (its start in UTC), a span from now on, or {@code
   * never}.
   *
   * @throws IllegalArgumentException if it has none of these forms
   */
  static Instant time(String text, Instant now) {
    if (text.equals("never")) {
      return M2mTimestamp.NEVER;
    }
    try {
      if (text.indexOf('-') < 0) {
        return now.plus(DurationText.parse(text));
      }
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "time: write 2030-01-31, 2030-01-31T12:00:00Z, a span from now such as 90d, or never");
    }
  }
}
