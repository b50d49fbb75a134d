// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Java development kit in a folder. */
record Jdk(Path home) {

  /** The one that runs this program. */
  static Jdk running() {
    return new Jdk(Path.of(System.getProperty("java.home")));
  }

  /** The one in the folder given, else in that of a variable of the environment. */
  static Optional<Jdk> at(@Nullable Path home, String variable) {
    String told = System.getenv(variable);
    Path folder = home == null && told != null ? Path.of(told) : home;
    return Optional.ofNullable(folder)
        .filter(f -> Files.isExecutable(f.resolve("bin/jlink")))
        .map(Jdk::new);
  }

  String java() {
    return home.resolve("bin/java").toString();
  }
}
