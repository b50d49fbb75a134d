// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A client as it stands on a disk.
 *
 * @param name what it is called in the result
 * @param start the command, to which the client's own arguments are added
 * @param jar what has to be there besides Java
 * @param files all that has to be there: the jar, the archive and Java itself
 */
record Packing(String name, List<String> start, Path jar, List<Path> files) {
  Packing {
    start = List.copyOf(start);
    files = List.copyOf(files);
  }

  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(start);
    command.addAll(arguments);
    return command;
  }

  long jarOctets() {
    return octets(jar);
  }

  long diskOctets() {
    return files.stream().mapToLong(Packing::octets).sum();
  }

  /** Of a file, or of all files below a folder; a link counts as what it is. */
  private static long octets(Path path) {
    try (Stream<Path> found = Files.walk(path.toRealPath())) {
      long sum = 0;
      List<Path> files =
          found.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList();
      for (Path file : files) {
        sum += Files.size(file);
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": can not be measured", e);
    }
  }
}
