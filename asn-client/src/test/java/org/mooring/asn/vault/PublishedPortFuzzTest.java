// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in {@code ports.json} tells a port or none. */
class PublishedPortFuzzTest {
  @TempDir Path folder;

  @FuzzTest
  void aFileTellsAPortOrNone(byte[] json) throws IOException {
    FileVault vault = FileVault.in(folder);
    Files.write(folder.resolve("ports.json"), json);

    vault.publishedPort("coap").ifPresent(port -> assertThat(port).isBetween(1L, 65_535L));
  }
}
