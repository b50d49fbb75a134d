// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;

/** Octets are content that keeps its meaning and about its size, or refused. */
class ContentCodecFuzzTest {
  /** A control character in CBOR is one octet, in JSON six; small numbers grow more. */
  private static final int MOST_GROWTH = 10;

  private static final int SPARE = 64;

  @FuzzTest
  void jsonIsReadOrRefused(byte[] json) {
    read(Serialization.JSON, json)
        .ifPresent(
            attributes -> {
              assertThat(again(Serialization.JSON, attributes, json)).isEqualTo(attributes);
              assertThat(again(Serialization.CBOR, attributes, json)).isEqualTo(attributes);
            });
  }

  @FuzzTest
  void cborIsReadOrRefused(byte[] cbor) {
    read(Serialization.CBOR, cbor)
        .ifPresent(
            attributes -> {
              assertThat(again(Serialization.CBOR, attributes, cbor)).isEqualTo(attributes);
              assertThat(again(Serialization.JSON, attributes, cbor).names())
                  .isEqualTo(attributes.names());
            });
  }

  private static Optional<Attributes> read(Serialization serialization, byte[] octets) {
    try {
      return Optional.of(ContentCodec.readAttributes(serialization, octets));
    } catch (RefusedException e) {
      assertThat(e.refusal()).isEqualTo(Refusal.MALFORMED_CONTENT);
      assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}").hasSizeLessThan(256);
      return Optional.empty();
    }
  }

  private static Attributes again(
      Serialization serialization, Attributes attributes, byte[] source) {
    byte[] written = ContentCodec.writeAttributes(serialization, attributes);
    assertThat(written.length).isLessThan(MOST_GROWTH * source.length + SPARE);
    return ContentCodec.readAttributes(serialization, written);
  }
}
