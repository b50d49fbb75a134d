// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

/** A text or a file is a key, or refused in words that are the same whatever it held. */
class KeyTextFuzzTest {
  private static final String FIXED_WORDS =
      "key: (write hex:…, utf8:…, b64:… or file:…"
          + "(, well-formed| with 1 to 1024 octets|; a file holds 1 to 1024 octets)?"
          + "|write an even number of hex digits after hex:"
          + "|the file can not be read"
          + "|the file holds hex digits without 'hex:' in front; put it there)";

  @TempDir Path folder;

  @FuzzTest
  void aTextIsAKeyOrRefusedWithoutEcho(byte[] octets) {
    String text = new String(octets, StandardCharsets.UTF_8);
    read(() -> KeyText.parseInline(text)).ifPresent(KeyTextFuzzTest::comesBack);
  }

  @FuzzTest
  void aFileIsAKeyOrRefusedWithoutEcho(byte[] content) throws IOException {
    Path file = folder.resolve("key");
    Files.write(file, content);
    read(() -> KeyText.parse("file:" + file)).ifPresent(KeyTextFuzzTest::comesBack);
  }

  private static Optional<SecretKeyBytes> read(Supplier<SecretKeyBytes> reader) {
    try {
      return Optional.of(reader.get());
    } catch (IllegalArgumentException e) {
      assertThat(e).hasNoCause().hasNoSuppressedExceptions();
      assertThat(e.getMessage()).matches(FIXED_WORDS);
      return Optional.empty();
    }
  }

  private static void comesBack(SecretKeyBytes key) {
    assertThat(key.length()).isBetween(1, KeyText.MAX_LENGTH);
    assertThat(KeyText.parseInline(KeyText.hex(key))).isEqualTo(key);
    assertThat(key).hasToString("SecretKeyBytes[" + key.length() + " octets]");
  }
}
