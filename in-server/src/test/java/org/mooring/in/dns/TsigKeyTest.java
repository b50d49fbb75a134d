// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.key.KeyText;

class TsigKeyTest {
  private static final String SECRET = "hex:000102030405060708090a0b0c0d0e0f";

  @Test
  void hasANameAnAlgorithmAndASecret() {
    TsigKey key = TsigKey.parse("in.mooring:HMAC-SHA512:" + SECRET);

    assertThat(key.name()).hasToString("in.mooring");
    assertThat(key.algorithm()).isEqualTo(TsigKey.Algorithm.HMAC_SHA512);
    assertThat(key.secret()).isEqualTo(KeyText.parseInline(SECRET));
    assertThat(key.toString()).doesNotContain("0001", "AAEC");
  }

  @Test
  void theSecretMayStandInAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("dns:key"), "b64:AAECAwQFBgcICQoLDA0ODw==\n");

    assertThat(TsigKey.parse("mooring:hmac-sha256:file:" + file).secret())
        .isEqualTo(KeyText.parseInline(SECRET));
  }

  @ParameterizedTest
  @CsvSource({
    "mooring, 'key: write NAME:ALGORITHM:KEY'",
    "mooring:hmac-sha256, 'key: write NAME:ALGORITHM:KEY'",
    "moor_ing:hmac-sha256:hex:000102030405060708090a0b0c0d0e0f, 'name: write NAME'",
    "mooring:hmac-md5:hex:000102030405060708090a0b0c0d0e0f, 'algorithm: give one of hmac-sha256'",
    "mooring:hmac-sha256:000102030405060708090a0b0c0d0e0f, 'key: write hex:'",
    "mooring:hmac-sha256:hex:000102030405060708090a0b0c0d0e, 'key: give at least 16 octets'"
  })
  void saysWhatIsWrongWithoutTheSecret(String text, String message) {
    assertThatThrownBy(() -> TsigKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("0001");
  }
}
