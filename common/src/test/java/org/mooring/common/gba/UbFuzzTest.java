// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import java.util.function.Function;

/** What comes over Ub is read and written again as the same, or refused in fixed words. */
class UbFuzzTest {
  private static final String FIXED_WORDS =
      "(authentication|nonce|auts|AUTS|B-TID|IMPI|FQDN|key identifier|BootstrappingInfo)"
          + ": [\\w ,.;:'@=\"()…-]*";

  @FuzzTest
  void aHeaderFieldIsReadOrRefused(byte[] octets) {
    String text = new String(octets, UTF_8);
    comesBack(DigestChallenge::parse, text);
    comesBack(DigestCredentials::parse, text);
    comesBack(DigestConfirmation::parse, text);
  }

  @FuzzTest
  void aDocumentIsReadOrRefused(byte[] octets) {
    read(BootstrappingInfo::ofXml, octets)
        .ifPresent(info -> assertThat(BootstrappingInfo.ofXml(info.toXml())).isEqualTo(info));
  }

  @FuzzTest
  void aPayloadComesApart(byte[] octets) {
    UbContent content = UbContent.read(octets);

    UbContent again = UbContent.read(content.payload());

    assertThat(again.field()).isEqualTo(content.field());
    assertThat(again.document()).isEqualTo(content.document());
  }

  private static <T> void comesBack(Function<String, T> reader, String text) {
    read(reader, text)
        .ifPresent(field -> assertThat(reader.apply(field.toString())).isEqualTo(field));
  }

  private static <I, T> Optional<T> read(Function<I, T> reader, I input) {
    try {
      return Optional.of(reader.apply(input));
    } catch (IllegalArgumentException e) {
      assertThat(e).hasNoSuppressedExceptions();
      assertThat(e.getMessage()).matches(FIXED_WORDS);
      return Optional.empty();
    }
  }
}
