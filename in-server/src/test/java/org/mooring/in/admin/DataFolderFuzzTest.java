// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in {@code ports.json} tells three ports or that no server runs. */
class DataFolderFuzzTest {
  @TempDir Path folder;

  @FuzzTest
  void aFileTellsPortsOrNone(byte[] json) throws IOException {
    DataFolder data = new DataFolder(folder);
    Files.write(data.portsFile(), json);

    data.readPorts()
        .ifPresent(
            ports -> {
              assertThat(List.of(ports.coaps(), ports.coap(), ports.http()))
                  .allSatisfy(port -> assertThat(port).isBetween(1, 65_535));
              data.writePorts(ports);
              assertThat(data.readPorts()).contains(ports);
            });
  }
}
