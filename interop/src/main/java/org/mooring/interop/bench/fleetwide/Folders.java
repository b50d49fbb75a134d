// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.fleetwide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** Data folders that servers are started on. */
final class Folders {
  private Folders() {}

  /** A new folder in which data folders and logs may be made. */
  static Path temporary(String name) {
    try {
      return Files.createTempDirectory("mooring-" + name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary folder", e);
    }
  }

  /** Copies a data folder that no server runs on, with the modes of its files. */
  static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      List<Path> paths = all.toList();
      for (Path path : paths) {
        Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(from + ": can not be copied", e);
    }
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path visited, @org.jspecify.annotations.Nullable IOException failure)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": can not be deleted", e);
    }
  }
}
