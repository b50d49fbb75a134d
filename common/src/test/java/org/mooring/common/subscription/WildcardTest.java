// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
  @ParameterizedTest
  @DisplayName("TS-0001 9.6.29: '*' stands for any characters at any place, all else for itself")
  @CsvSource({
    "*,C1,true",
    "S*,S,true",
    "S*,S98821,true",
    "S*,C98821,false",
    "C123*X,C123X,true",
    "C123*X,C12345X,true",
    "C123*X,C123Xy,false",
    "C*b*d,Cabcd,true",
    "C*b*d,Cacd,false",
    "*-test@onem2m.com,12-test@onem2m.com,true",
    "*-test@onem2m.com,12-test2@onem2m.com,false",
    "Cmeter,Cmeter,true",
    "Cmeter,cmeter,false",
    "Cmeter,Cmeter2,false",
    "C.1,Cx1,false",
    "C**,C,true",
  })
  void matches(String pattern, String value, boolean expected) {
    assertThat(new Wildcard(pattern).matches(value)).isEqualTo(expected);
  }

  /** Short ones: the regular expression goes back and forth for long ones. */
  @Property
  void matchesAsTheRegularExpressionDoes(
      @ForAll @StringLength(max = 10) @CharRange(from = 'a', to = 'b') String value,
      @ForAll @StringLength(max = 6) @CharRange(from = 'a', to = 'c') String drawn) {
    String pattern = drawn.replace('c', '*');

    assertThat(new Wildcard(pattern).matches(value))
        .isEqualTo(value.matches(pattern.replace("*", ".*")));
  }

  @Property
  void aValueThatFillsThePatternIsOfIt(
      @ForAll @StringLength(max = 20) @CharRange(from = 'a', to = 'c') String drawn,
      @ForAll @StringLength(max = 20) @CharRange(from = 'a', to = 'b') String filler) {
    Wildcard pattern = new Wildcard(drawn.replace('c', '*'));

    assertThat(pattern.matches(pattern.filled(filler))).isTrue();
  }

  @Test
  void noPatternTakesLong() {
    Wildcard pattern = new Wildcard("*a".repeat(127) + "b");

    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(pattern.matches("a".repeat(255))).isFalse());
  }
}
