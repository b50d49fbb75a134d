// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mooring.interop.process.Jars;
import picocli.CommandLine.Option;

/** The options that all benchmarks have. */
public final class CommonOptions {
  /**
   * Collections of a young generation of this size come several times in a round: with a larger one
   * they come once in several rounds, and medians would leave them out.
   */
  private static final String YOUNG = "-Xmn384m";

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Measured rounds, after one that warms up. Default: ${DEFAULT-VALUE}.")
  private int rounds = 5;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Takes NAME.json and NAME.svg. Default: interop/results.")
  private @Nullable Path results;

  @Option(
      names = "--jvm",
      paramLabel = "FLAGS",
      description = "For the Java runtime of every server measured. Default: ${DEFAULT-VALUE}.")
  private String jvm = "-Xms6g -Xmx6g " + YOUNG + " -XX:+UseParallelGC";

  public int rounds() {
    return rounds;
  }

  /** The folder for results. */
  public Path results() {
    return results == null ? Jars.ofThisProject().interop().resolve("results") : results;
  }

  /** The flags of every server's Java runtime. */
  public List<String> jvm() {
    return jvm.isBlank() ? List.of() : List.of(jvm.strip().split(" +"));
  }

  /** The same as one text, for the settings of a result. */
  public String jvmText() {
    return String.join(" ", jvm());
  }

  /** These options as arguments for another benchmark. */
  List<String> arguments() {
    return List.of("--rounds=" + rounds, "--results=" + results(), "--jvm=" + jvmText());
  }
}
