// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimedIdTest {
  @Property
  void laterOnesSortBehindEarlierOnes(
      @ForAll @LongRange(min = 0, max = (1L << 48) - 2) long millis,
      @ForAll @LongRange(min = 1, max = 1_000_000) long later) {
    long after = Math.min(millis + later, (1L << 48) - 1);
    assertThat(TimedId.at(Instant.ofEpochMilli(millis)))
        .matches("[0-9a-v]{26}")
        .isLessThan(TimedId.at(Instant.ofEpochMilli(after)));
  }

  @Test
  void thoseOfOneMomentDifferInEveryPlaceBehindTheTime() {
    Set<String> made = new HashSet<>();
    Set<String> digitsByPlace = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      String id = TimedId.at(Instant.EPOCH);
      made.add(id);
      for (int place = 10; place < TimedId.LENGTH; place++) {
        digitsByPlace.add(place + ":" + id.charAt(place));
      }
    }
    assertThat(made).hasSize(5_000).allMatch(id -> id.startsWith("0000000000"));
    assertThat(digitsByPlace).hasSize((TimedId.LENGTH - 10) * 32);
  }
}
