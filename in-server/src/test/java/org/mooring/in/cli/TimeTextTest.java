// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2030-01-31T12:00:00Z,2030-01-31T12:00:00Z",
    "2030-01-31,2030-01-31T00:00:00Z",
    "1d,2026-05-02T12:00:00Z",
    "PT1H,2026-05-01T13:00:00Z"
  })
  void readsTimes(String text, Instant expected) {
    assertThat(TimeText.time(text, NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomorrow", "2030-13-01", "2030-01-31T12:00", "0d"})
  void refusesOtherTimes(String text) {
    assertThatThrownBy(() -> TimeText.time(text, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("time: ");
  }
}
