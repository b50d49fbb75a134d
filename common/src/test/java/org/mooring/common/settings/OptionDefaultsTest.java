// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionDefaultsTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("MOORING_KPM_ID", "env@b.org");

  @TempDir Path folder;

  @Test
  void theEnvironmentComesBeforeTheFile() throws IOException {
    Path file = folder.resolve("mooring.properties");
    Files.writeString(file, "kpm-id=file@b.org\nvault=/from/file\n");
    OptionDefaults defaults = OptionDefaults.of(ENVIRONMENT::get, file);

    assertThat(defaults.valueOf("--kpm-id")).contains("env@b.org");
    assertThat(defaults.valueOf("--vault")).contains("/from/file");
    assertThat(defaults.valueOf("--mef")).isEmpty();
    assertThat(defaults.valueOf("-v")).isEmpty();
  }

  @Test
  void aFileThatDoesNotExistSaysNothing() throws IOException {
    OptionDefaults defaults = OptionDefaults.of(ENVIRONMENT::get, folder.resolve("none"));

    assertThat(defaults.valueOf("--kpm-id")).contains("env@b.org");
    assertThat(defaults.valueOf("--vault")).isEmpty();
  }

  @Test
  void aFileThatIsNotTextIsNamed() throws IOException {
    Path file = folder.resolve("mooring.properties");
    Files.write(file, "vault=\u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> OptionDefaults.of(ENVIRONMENT::get, file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }
}
