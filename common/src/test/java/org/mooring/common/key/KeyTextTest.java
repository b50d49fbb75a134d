// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
  private static final SecretKeyBytes TEXT_KEY =
      SecretKeyBytes.copyOf("sixteen octets ö".getBytes(StandardCharsets.UTF_8));

  @Property(tries = 50)
  void readsTheHexFormItWrites(@ForAll @Size(min = 1, max = 64) byte[] octets) {
    SecretKeyBytes key = SecretKeyBytes.copyOf(octets);

    assertThat(KeyText.parse(KeyText.hex(key))).isEqualTo(key);
  }

  @Test
  void readsUtf8() {
    assertThat(KeyText.parse("utf8:sixteen octets ö")).isEqualTo(TEXT_KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b64:+/8=", "b64:+/8", "b64:-_8", "hex:FBFF", "hex:fbff"})
  void readsEachSpelling(String text) {
    assertThat(KeyText.parse(text))
        .isEqualTo(SecretKeyBytes.copyOf(new byte[] {(byte) 0xfb, (byte) 0xff}));
  }

  @Test
  void readsAFileWithAFormAndALineEnd(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("kpm"), "utf8:sixteen octets ö\n");

    assertThat(KeyText.parse("file:" + file)).isEqualTo(TEXT_KEY);
  }

  @Test
  void readsAFileOfRawOctets(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("kpm"), new byte[] {0, 10, (byte) 0xff});

    assertThat(KeyText.parse("file:" + file))
        .isEqualTo(SecretKeyBytes.copyOf(new byte[] {0, 10, (byte) 0xff}));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "topsecret", "hex:", "b64:topsecret!", "utf8:", "utf8:topsecret\ud800"})
  void namesTheFormsAndNeverTheText(String text) {
    assertThatThrownBy(() -> KeyText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hex:…, utf8:…, b64:… or file:…")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "hex:topsecret, key: write an even number of hex digits after hex:",
    "hex:abc, key: write an even number of hex digits after hex:",
    "file:topsecret/nowhere, key: the file can not be read",
    "file:topsecret\0, key: the file can not be read",
  })
  void namesTheRemedyAndNeverTheText(String text, String message) {
    assertThatThrownBy(() -> KeyText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message)
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"00112233445566778899aabbccddeeff\n", "C0FFEE", "abc\r\n"})
  void refusesAFileOfHexDigitsAlone(String content, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("kpm"), content);

    assertThatThrownBy(() -> KeyText.parse("file:" + file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key: the file holds hex digits without 'hex:' in front; put it there");
  }

  @Test
  void refusesAKeyBeyondTheLimit() {
    assertThatThrownBy(() -> KeyText.parse("utf8:" + "k".repeat(KeyText.MAX_LENGTH + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAFileBeyondTheLimit(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("kpm"), new byte[KeyText.MAX_LENGTH + 1]);

    assertThatThrownBy(() -> KeyText.parse("file:" + file))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAFileWhereOnlyInlineFormsAreTaken(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("kpm"), "utf8:key");

    assertThatThrownBy(() -> KeyText.parseInline("file:" + file))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
