// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.vectors.Vectors;

class M2mTimestampTest {
  private static final DateTimeFormatter STRICT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withResolverStyle(ResolverStyle.STRICT);

  static List<Vectors.Row> valid() {
    return Vectors.rows("timestamps.json", "valid");
  }

  static List<Vectors.Row> invalid() {
    return Vectors.rows("timestamps.json", "invalid");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void aTimestampNamesAnInstantInUtc(Vectors.Row row) {
    assertThat(M2mTimestamp.parse(row.get("text"))).hasValue(Instant.parse(row.get("instant")));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void whatHasNotTheFormOrNamesNoRealTimeIsNone(Vectors.Row row) {
    assertThat(M2mTimestamp.parse(row.get("text"))).isEmpty();
  }

  @Property
  void whatIsFormattedComesBackInWholeSeconds(
      @ForAll @LongRange(min = -62135596800L, max = 253402300799L) long seconds,
      @ForAll @LongRange(min = 0, max = 999_999_999) long nanos) {
    String text = M2mTimestamp.format(Instant.ofEpochSecond(seconds, nanos));

    assertThat(text).hasSize(15);
    assertThat(M2mTimestamp.parse(text)).hasValue(Instant.ofEpochSecond(seconds));
  }

  @Test
  void whatLiesBehindTheLatestTimestampIsWrittenAsIt() {
    assertThat(M2mTimestamp.format(M2mTimestamp.NEVER.plusSeconds(1))).isEqualTo("99991231T235959");
    assertThat(M2mTimestamp.format(Instant.MAX)).isEqualTo("99991231T235959");
  }

  @Property
  void fieldsOfTwoDigitsAreReadIfTheCalendarHasThem(
      @ForAll @IntRange(max = 9999) int year,
      @ForAll @IntRange(max = 14) int month,
      @ForAll @IntRange(max = 33) int day,
      @ForAll @IntRange(max = 25) int hour,
      @ForAll @IntRange(min = 50, max = 61) int minute,
      @ForAll @IntRange(min = 50, max = 61) int second) {
    String text =
        String.format("%04d%02d%02dT%02d%02d%02d", year, month, day, hour, minute, second);

    assertThat(M2mTimestamp.parse(text)).isEqualTo(byFormatter(text));
  }

  private static Optional<Instant> byFormatter(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, STRICT).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Property
  void anyTextIsReadOrNone(@ForAll String text) {
    assertThat(M2mTimestamp.parse(text)).satisfies(i -> assertThat(i).isNotNull());
  }
}
