// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "250ms,PT0.25S",
    "90s,PT1M30S",
    "15m,PT15M",
    "12h,PT12H",
    "90d,PT2160H",
    "2w,PT336H",
    "P1DT1H,PT25H"
  })
  void readsSpans(String text, Duration expected) {
    assertThat(DurationText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "90", "d", "-1d", "0s", "PT-1S", "1y", "90 d"})
  void refusesOtherSpans(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("duration: ");
  }
}
