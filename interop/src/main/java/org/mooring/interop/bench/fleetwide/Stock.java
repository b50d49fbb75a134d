// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.fleetwide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.bench.CommonOptions;
import org.mooring.interop.bench.Text;
import org.mooring.interop.process.AdminClient;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;

/**
 * Data folders by the number of enrolees in them, filled once through the admin API's import, and
 * copied for each measurement.
 *
 * @param folder where they stand
 */
record Stock(Jars jars, Path folder, CommonOptions options) {
  private static final int BATCH = 1_000;
  private static final String FILLED = ".filled";

  /** Hears how far the filling is. */
  @FunctionalInterface
  interface Progress {
    void tell(String format, Object... values);
  }

  /** The filled folder; no server runs on it. */
  Path of(int size) {
    return folder.resolve(Integer.toString(size));
  }

  /**
   * Fills a folder unless it was filled before.
   *
   * @return how fast that was
   */
  Optional<String> prepare(int size, Progress progress) {
    Path mark = folder.resolve(size + FILLED);
    if (Files.exists(mark)) {
      return Optional.empty();
    }
    progress.tell("making a store with %d enrolees", size);
    try {
      Files.createDirectories(folder);
      if (Files.exists(of(size))) {
        Folders.delete(of(size));
      }
      InServer.Settings settings = new InServer.Settings(options.jvm(), java.util.List.of());
      long nanos;
      try (InServer server = InServer.start(jars, of(size), settings)) {
        nanos = fill(server.admin(), size, progress);
      }
      Files.createFile(mark);
      return Optional.of(
          Text.format(
              "%d enrolees were imported in parts of %d in %.1f s, %.0f per second.",
              size, BATCH, nanos / 1e9, size / (nanos / 1e9)));
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": can not be written", e);
    }
  }

  private static long fill(AdminClient admin, int size, Progress progress) {
    long begin = System.nanoTime();
    for (int done = 0; done < size; done += BATCH) {
      admin.importEnrolees(Collections.nCopies(Math.min(BATCH, size - done), Attributes.NONE));
      if (done > 0 && done % (100 * BATCH) == 0) {
        progress.tell("%d enrolees in %.0f s", done, (System.nanoTime() - begin) / 1e9);
      }
    }
    return System.nanoTime() - begin;
  }
}
