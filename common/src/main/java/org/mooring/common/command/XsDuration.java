// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.Optional;

/** xs:duration, where only its length matters: a month counts as 30 days, a year as twelve. */
final class XsDuration {
  private static final int DAYS_OF_A_MONTH = 30;

  private XsDuration() {}

  static String format(Duration duration) {
    return duration.toString();
  }

  /** The length that the text names, or empty where it has not the form or is negative. */
  static Optional<Duration> parse(String text) {
    try {
      int timeAt = text.indexOf('T');
      String date = timeAt < 0 ? text : text.substring(0, timeAt);
      Duration days = date.equals("P") ? Duration.ZERO : ofDays(Period.parse(date));
      Duration whole = timeAt < 0 ? days : days.plus(Duration.parse("P" + text.substring(timeAt)));
      return whole.isNegative() ? Optional.empty() : Optional.of(whole);
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Duration ofDays(Period period) {
    return Duration.ofDays(
        Math.addExact(
            Math.multiplyExact(period.toTotalMonths(), DAYS_OF_A_MONTH), period.getDays()));
  }
}
