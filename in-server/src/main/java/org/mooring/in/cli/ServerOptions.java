// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.nio.file.Path;
import org.mooring.in.admin.DataFolder;
import picocli.CommandLine.Option;

/** How every command but serve finds its server and writes its answer. */
final class ServerOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "mooring-data",
      description = "data folder of the running server (default: ${DEFAULT-VALUE})")
  private Path data = Path.of("mooring-data");

  @Option(names = "--json", description = "print JSON for machines")
  private boolean json;

  AdminClient client() {
    return new AdminClient(new DataFolder(data));
  }

  boolean json() {
    return json;
  }
}
