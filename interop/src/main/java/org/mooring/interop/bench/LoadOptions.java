// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Option;

/** How many nodes a benchmark of enrolments has enrol, before the measured rounds and in each. */
public final class LoadOptions {
  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Enrolments of each round and subject. Default: ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "The same before the first round, not counted. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 20_000;

  @Option(
      names = "--concurrent",
      paramLabel = "N",
      description =
          "Most nodes on their way at a time; by default so many that no server waits for them."
              + " Default: ${DEFAULT-VALUE}.")
  private int concurrent = 400;

  /**
   * @param nodes the default
   */
  public LoadOptions(int nodes) {
    this.nodes = nodes;
  }

  public int nodes() {
    return nodes;
  }

  public int warmUp() {
    return warmUp;
  }

  public int concurrent() {
    return concurrent;
  }

  /** As settings of a result. */
  public Attributes.Builder settings() {
    return Attributes.builder()
        .put("nodes", nodes)
        .put("warmUp", warmUp)
        .put("concurrent", concurrent);
  }
}
