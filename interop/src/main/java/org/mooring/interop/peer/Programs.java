// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds and runs programs of the machine. */
public final class Programs {
  private Programs() {}

  /**
   * What a program left behind.
   *
   * @param exitCode its exit code
   * @param output standard output
   * @param errors standard error
   */
  public record Outcome(int exitCode, String output, String errors) {}

  /** The first of some program names that is on the path. */
  public static Optional<Path> find(String... names) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(names)
        .flatMap(name -> Stream.of(path.split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Runs a program to its end, with nothing on its standard input.
   *
   * @throws IllegalStateException if it takes longer than the limit; it is killed then
   */
  public static Outcome run(Duration limit, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectInput(nothing()).start();
      CompletableFuture<String> output =
          CompletableFuture.supplyAsync(() -> readAll(process.getInputStream()));
      CompletableFuture<String> errors =
          CompletableFuture.supplyAsync(() -> readAll(process.getErrorStream()));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(command.get(0) + " took longer than " + limit);
      }
      return new Outcome(process.exitValue(), output.join(), errors.join());
    } catch (IOException e) {
      throw new UncheckedIOException(command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command.get(0) + " ran", e);
    }
  }

  private static File nothing() {
    return Path.of("/dev/null").toFile();
  }

  private static String readAll(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a program's output", e);
    }
  }
}
