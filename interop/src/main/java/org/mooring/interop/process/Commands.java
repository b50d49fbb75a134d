// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.peer.Programs;

/** Short-lived commands of the jars. */
public final class Commands {
  private Commands() {}

  /** Runs a command to its end, whatever its exit code. */
  public static Programs.Outcome run(Path jar, Duration limit, List<String> arguments) {
    return Programs.run(limit, command(jar, arguments));
  }

  /** The program and arguments that start a jar. */
  public static List<String> command(Path jar, List<String> arguments) {
    return JavaCommand.of(List.of(), List.of("-jar", jar.toString()), arguments);
  }

  /**
   * Runs a command that prints one JSON object.
   *
   * @throws IllegalStateException with what it wrote to standard error, if it fails
   */
  public static Attributes json(Path jar, Duration limit, List<String> arguments) {
    Programs.Outcome outcome = run(jar, limit, arguments);
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException(
          jar.getFileName() + " " + arguments.get(0) + ": " + outcome.errors().strip());
    }
    return ContentCodec.readAttributes(
        Serialization.JSON, outcome.output().strip().getBytes(StandardCharsets.UTF_8));
  }
}
