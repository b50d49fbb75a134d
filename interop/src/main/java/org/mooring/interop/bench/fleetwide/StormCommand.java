// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.fleetwide;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.bench.BarChart;
import org.mooring.interop.bench.Benchmark;
import org.mooring.interop.bench.CpuTime;
import org.mooring.interop.bench.Result;
import org.mooring.interop.bench.Round;
import org.mooring.interop.bench.Rounds;
import org.mooring.interop.fleet.Enrolee;
import org.mooring.interop.fleet.Fleet;
import org.mooring.interop.fleet.FleetResult;
import org.mooring.interop.fleet.FleetSettings;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** All nodes of a fleet wake in the same moment, at a server that has just started. */
@Command(
    name = "storm",
    description = "Nodes that all start in the same instant, until every one is registered.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class StormCommand extends Benchmark {
  @Option(names = "--nodes", paramLabel = "N", description = "How many. Default: ${DEFAULT-VALUE}.")
  private int nodes = 10_000;

  @Option(
      names = "--paths",
      paramLabel = "maf|direct",
      split = ",",
      description = "Paths, in turns. Default: ${DEFAULT-VALUE}.")
  private List<String> paths = List.of(EnrolmentPath.MAF.text());

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "Gives up on nodes that are not there by then. Default: ${DEFAULT-VALUE}.")
  private int minutes = 20;

  private final List<String> notes = new ArrayList<>();

  @Override
  protected Result measure() throws InterruptedException {
    List<Round> rounds = new ArrayList<>();
    for (int number = 1; number <= common().rounds(); number++) {
      for (String path : paths) {
        Round round = round(EnrolmentPath.of(path).orElseThrow(), number);
        progress("round %d: %s %s", number, round.subject(), round.values());
        rounds.add(round);
      }
    }
    return result(new Rounds(rounds));
  }

  private Round round(EnrolmentPath path, int number) throws InterruptedException {
    Path folder = Folders.temporary("storm");
    GarbageLog garbage = new GarbageLog(folder.resolve("gc.log"));
    List<String> jvm = new ArrayList<>(common().jvm());
    jvm.add(garbage.option());
    Jars jars = Jars.ofThisProject();
    InServer.Settings settings = new InServer.Settings(jvm, List.of());
    try (InServer server = InServer.start(jars, folder.resolve("data"), settings)) {
      List<Enrolee> enrolees = Walks.enrolees(server, nodes, path);
      Duration before = CpuTime.of(server.process().pid());
      FleetResult result;
      Map<String, Long> peaks;
      try (StatusPeaks watch = StatusPeaks.of(server.admin())) {
        result = walk(server, enrolees);
        peaks = watch.peaks();
      }
      Duration spent = CpuTime.of(server.process().pid()).minus(before);
      notes.addAll(Walks.causes(result, "round " + number + ", " + path.text()));
      Round.Builder round =
          Round.of(nodes + " nodes, " + path.text(), number)
              .put("registered", result.registered())
              .put("seconds", result.duration().toMillis() / 1e3)
              .put("p50Seconds", Walks.walkSeconds(result, 50))
              .put("p90Seconds", Walks.walkSeconds(result, 90))
              .put("p99Seconds", Walks.walkSeconds(result, 99))
              .put("maxSeconds", Walks.walkSeconds(result, 100))
              .put("failures", Walks.failures(result))
              .put("serverCpuMsPerNode", spent.toNanos() / 1e6 / nodes);
      peaks.forEach((name, value) -> round.put("peak." + name, value));
      return round
          .put("peakHeapMiB", garbage.peakMiB())
          .put("peakLiveHeapMiB", garbage.peakAfterCollectionMiB())
          .build();
    } finally {
      Folders.delete(folder);
    }
  }

  private FleetResult walk(InServer server, List<Enrolee> enrolees) throws InterruptedException {
    FleetSettings settings =
        FleetSettings.DEFAULT
            .withPace(FleetSettings.Pace.AT_ONCE)
            .withTimeout(Duration.ofMinutes(minutes));
    try (Fleet fleet = new Fleet(settings, server.coapsAddress(), enrolees)) {
      return fleet.run();
    }
  }

  private Result result(Rounds rounds) {
    List<Result.Ratio> ratios = new ArrayList<>();
    for (String subject : rounds.subjects()) {
      rounds
          .figure(subject, "registered")
          .ifPresent(
              figure ->
                  ratios.add(
                      Result.Ratio.atLeast(subject + ", registered by themselves", figure, nodes)));
      rounds
          .figure(subject, "p99Seconds")
          .ifPresent(
              figure -> ratios.add(Result.Ratio.unbounded(subject + ", p99 in seconds", figure)));
    }
    String title = "A storm: nodes that all start in the same instant";
    List<String> all =
        new ArrayList<>(
            List.of(
                "A failure is no lost node: each tries again on its own. The nodes share the"
                    + " machine with the server."));
    all.addAll(notes);
    return new Result(
        "storm",
        title,
        Attributes.builder()
            .put("nodes", nodes)
            .put("paths", String.join(",", paths))
            .put("jvm", common().jvmText())
            .build(),
        rounds,
        ratios,
        all,
        new BarChart(title)
            .panel("median node registered after, s", rounds, "p50Seconds")
            .panel("p99, s", rounds, "p99Seconds")
            .panel("last node, s", rounds, "maxSeconds")
            .panel("most writes queued", rounds, "peak.mostQueuedWrites")
            .panel("peak heap of the server, MiB", rounds, "peakHeapMiB")
            .draw());
  }
}
