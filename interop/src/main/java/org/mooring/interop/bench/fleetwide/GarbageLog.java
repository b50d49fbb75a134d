// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.fleetwide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java process's log of its collections.
 *
 * @param file where it is written
 */
record GarbageLog(Path file) {
  /** {@code 136M->104M(396M)}: before a collection, after it, and the heap's size. */
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");

  /** For the command line of the process. */
  String option() {
    return "-Xlog:gc:file=" + file;
  }

  /** The most that was ever occupied, garbage included; 0 where there was no collection. */
  long peakMiB() {
    return peak(1);
  }

  /** The most that a collection left. */
  long peakAfterCollectionMiB() {
    return peak(2);
  }

  private long peak(int group) {
    try {
      return Files.readAllLines(file).stream()
          .map(COLLECTION::matcher)
          .filter(Matcher::find)
          .mapToLong(line -> Long.parseLong(line.group(group)))
          .max()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": can not be read", e);
    }
  }
}
