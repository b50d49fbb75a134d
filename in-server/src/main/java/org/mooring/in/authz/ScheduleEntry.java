// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * m2m:scheduleEntry (TS-0004 table 7.4.9.1-4): seven fields, in UTC, for second, minute, hour, day
 * of the month, month, day of the week (0 is Sunday) and year. Each is {@code *} or a list of
 * numbers and ranges; a range or {@code *} may have a step: {@code * * 8-17 * * 1-5 *}.
 */
final class ScheduleEntry {
  private static final int[] LEAST = {0, 0, 0, 1, 1, 0, 2000};
  private static final int[] MOST = {59, 59, 23, 31, 12, 6, 9999};
  private static final Pattern ELEMENT =
      Pattern.compile("(?:\\*|(\\d{1,4})(?:-(\\d{1,4}))?)(?:/(\\d{1,4}))?");

  private final List<List<Steps>> fields;

  private ScheduleEntry(List<List<Steps>> fields) {
    this.fields = List.copyOf(fields);
  }

  /** Every step-th number of a range, from its least on. */
  private record Steps(int least, int most, int step) {
    boolean includes(int number) {
      return number >= least && number <= most && (number - least) % step == 0;
    }
  }

  /** Reads an entry; empty where the text is none. */
  static Optional<ScheduleEntry> read(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != LEAST.length) {
      return Optional.empty();
    }
    List<List<Steps>> fields = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      List<Steps> field = new ArrayList<>();
      for (String element : parts[i].split(",", -1)) {
        Optional<Steps> steps = steps(element, LEAST[i], MOST[i]);
        if (steps.isEmpty()) {
          return Optional.empty();
        }
        field.add(steps.get());
      }
      fields.add(List.copyOf(field));
    }
    return Optional.of(new ScheduleEntry(fields));
  }

  private static Optional<Steps> steps(String element, int least, int most) {
    Matcher matcher = ELEMENT.matcher(element);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean isNumber = matcher.group(1) != null && matcher.group(2) == null;
    int from = number(matcher, 1, least);
    int to = isNumber ? from : number(matcher, 2, most);
    int step = number(matcher, 3, 1);
    boolean fits = from >= least && from <= to && to <= most && step > 0;
    boolean stepsOfOne = isNumber && matcher.group(3) != null;
    return fits && !stepsOfOne ? Optional.of(new Steps(from, to, step)) : Optional.empty();
  }

  private static int number(Matcher matcher, int group, int otherwise) {
    return matcher.group(group) == null ? otherwise : Integer.parseInt(matcher.group(group));
  }

  /** Whether a moment is in it. */
  boolean includes(Instant moment) {
    OffsetDateTime time = moment.atOffset(ZoneOffset.UTC);
    int[] numbers = {
      time.getSecond(),
      time.getMinute(),
      time.getHour(),
      time.getDayOfMonth(),
      time.getMonthValue(),
      time.getDayOfWeek().getValue() % DayOfWeek.values().length,
      time.getYear()
    };
    for (int i = 0; i < numbers.length; i++) {
      int number = numbers[i];
      if (fields.get(i).stream().noneMatch(steps -> steps.includes(number))) {
        return false;
      }
    }
    return true;
  }
}
