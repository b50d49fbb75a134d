// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * When, where and with what a result was measured.
 *
 * @param command that repeats it
 * @param commit of the tree, with {@code +} where files differ from it
 */
public record Occasion(String command, Instant date, String commit, Machine machine) {

  /**
   * Now, on this machine.
   *
   * @param root folder of the project
   */
  public static Occasion of(String command, Path root, InstantSource clock) {
    String commit = git(root, "rev-parse", "--short=10", "HEAD");
    boolean changed = !git(root, "status", "--porcelain", "--untracked-files=no").isEmpty();
    return new Occasion(
        command,
        clock.instant().truncatedTo(ChronoUnit.SECONDS),
        commit.isEmpty() ? "unknown" : commit + (changed ? "+" : ""),
        Machine.read());
  }

  /** What git prints; nothing where the project is no clone. */
  private static String git(Path root, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process git =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
