// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RefusedException;

/** Any JSON object is an order, or refused without a word of what it said. */
class EnroleeOrderFuzzTest {
  private static final String MARK = "\u2603";

  @FuzzTest
  void jsonIsAnOrderOrRefused(byte[] json) {
    Attributes members;
    try {
      members = ContentCodec.readAttributes(Serialization.JSON, json);
    } catch (RefusedException e) {
      return;
    }
    read(members).ifPresent(EnroleeOrderFuzzTest::comesBack);
    read(marked(members));
  }

  private static Optional<EnroleeOrder> read(Attributes members) {
    try {
      return Optional.of(EnroleeOrder.read(members));
    } catch (AdminException e) {
      assertThat(e.getMessage()).doesNotContain(MARK).hasSizeLessThan(256);
      return Optional.empty();
    }
  }

  private static void comesBack(EnroleeOrder order) {
    EnroleeOrder again = EnroleeOrder.read(order.toAttributes());
    assertThat(again).usingRecursiveComparison().ignoringFields("key").isEqualTo(order);
    assertThat(again.key()).isEqualTo(order.key());
  }

  private static Attributes marked(Attributes members) {
    Attributes.Builder marked = Attributes.builder();
    members
        .asMap()
        .forEach(
            (name, value) ->
                marked.put(
                    name,
                    value instanceof AttributeValue.Text text
                        ? AttributeValue.of(text.value() + MARK)
                        : value));
    return marked.build();
  }
}
