// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.vectors.Vectors;

class TargetPathTest {

  static List<Vectors.Row> mapped() {
    return Vectors.rows("uri-mapping.json", "mapped");
  }

  static List<Vectors.Row> refused() {
    return Vectors.rows("uri-mapping.json", "refused");
  }

  @ParameterizedTest
  @MethodSource("mapped")
  void anAddressBecomesSegmentsAndComesBack(Vectors.Row row) {
    assertThat(TargetPath.segments(row.get("to"))).isEqualTo(segments(row));
    assertThat(TargetPath.to(segments(row))).isEqualTo(row.get("to"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void segmentsThatCouldPassForAnotherAddressAreRefused(Vectors.Row row) {
    assertThatThrownBy(() -> TargetPath.to(segments(row)))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.valueOf(row.get("refusal"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"~/id-in/cse-in", "_/sp.example.org", "~"})
  void aCseRelativeAddressThatLooksLikeAScopeIsNotSent(String to) {
    assertThatThrownBy(() -> TargetPath.segments(to)).isInstanceOf(RefusedException.class);
  }

  private static List<String> segments(Vectors.Row row) {
    String joined = row.get("segments");
    return joined.isEmpty() ? List.of() : List.of(joined.split("\\|", -1));
  }
}
