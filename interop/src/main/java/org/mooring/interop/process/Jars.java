// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.process;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the build leaves its jars.
 *
 * @param root the project's root folder
 */
public record Jars(Path root) {

  /**
   * The project around the working folder, which is the root or a module of it.
   *
   * @throws IllegalStateException if it is neither
   */
  public static Jars ofThisProject() {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("in-server"))
          && Files.isDirectory(folder.resolve("interop"))) {
        return new Jars(folder);
      }
    }
    throw new IllegalStateException(here + ": is no folder of the project");
  }

  public Path inServer() {
    return root.resolve("in-server/target/in-server.jar");
  }

  public Path asnClient() {
    return root.resolve("asn-client/target/asn-client.jar");
  }

  public Path interop() {
    return root.resolve("interop");
  }

  /** Whether the build has come as far as both. */
  public boolean areBuilt() {
    return Files.isRegularFile(inServer()) && Files.isRegularFile(asnClient());
  }
}
