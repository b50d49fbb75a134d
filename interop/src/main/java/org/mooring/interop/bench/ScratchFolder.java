// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.mooring.interop.process.Jars;

/** A folder for servers' data and logs that is gone afterwards. */
public record ScratchFolder(Path path) implements AutoCloseable {
  private static final String PREFIX = "mooring-bench-";

  /** A new one, where the system keeps what is temporary. */
  public static ScratchFolder create() {
    try {
      return new ScratchFolder(Files.createTempDirectory(PREFIX));
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder", e);
    }
  }

  /**
   * A new one on the project's disk. The system's may be memory, which takes no time for an fsync
   * and counts as memory of whoever writes there.
   */
  public static ScratchFolder onDisk() {
    try {
      Path target = Jars.ofThisProject().interop().resolve("target");
      return new ScratchFolder(Files.createTempDirectory(Files.createDirectories(target), PREFIX));
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder", e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> walk = Files.walk(path)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": can not be removed", e);
    }
  }
}
