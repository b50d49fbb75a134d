// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.micro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.bench.BarChart;
import org.mooring.interop.bench.Benchmark;
import org.mooring.interop.bench.Figure;
import org.mooring.interop.bench.Result;
import org.mooring.interop.bench.Round;
import org.mooring.interop.bench.Rounds;
import org.openjdk.jmh.util.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Single parts under JMH, as a command. */
@Command(
    name = "jmh",
    description = "Codec, CoAP options, identifiers, key ladder, vault, sealing, group commit.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class JmhCommand extends Benchmark {
  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "Keeps to benchmarks whose name has it, such as Identifier or Content.*decode.")
  private String only = "";

  @Option(
      names = "--quick",
      description = "One round of 5 ms each: shows that everything runs, and nothing of speed.")
  private boolean quick;

  @Override
  protected Result measure() {
    List<Measurement> found = MicroBenchmarks.run(only, common().rounds(), quick);
    List<Round> rounds = new ArrayList<>();
    found.forEach(measurement -> rounds.addAll(measurement.asRounds()));
    Attributes settings =
        Attributes.builder()
            .put("jmh", Version.getPlainVersion())
            .put("roundMillis", quick ? MicroBenchmarks.QUICK_MILLIS : MicroBenchmarks.MILLIS)
            .put("warmUpRounds", quick ? 0 : MicroBenchmarks.WARM_UP_ROUNDS)
            .put("quick", quick)
            .build();
    return new Result(
        "jmh",
        "Single parts under JMH",
        settings,
        new Rounds(rounds),
        List.of(),
        List.of(
            "error: half of the 99.9 % confidence interval of the mean, in the unit of the score.",
            "A commit writes a sealed answer and an audit entry; each caller waits for its own."),
        chart(found));
  }

  /** A panel for each class of benchmarks, apart by unit. */
  private static String chart(List<Measurement> found) {
    Map<String, List<BarChart.Bar>> panels = new LinkedHashMap<>();
    for (Measurement measurement : found) {
      String family = measurement.name().substring(0, measurement.name().indexOf('.'));
      panels
          .computeIfAbsent(family + ", " + measurement.unit(), unit -> new ArrayList<>())
          .add(
              new BarChart.Bar(
                  measurement.name().substring(family.length() + 1),
                  Figure.of(measurement.scores())));
    }
    BarChart chart = new BarChart("Single parts under JMH");
    panels.forEach(chart::panel);
    return chart.draw();
  }
}
