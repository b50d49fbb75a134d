// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.fleetwide;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.bench.BarChart;
import org.mooring.interop.bench.Benchmark;
import org.mooring.interop.bench.CpuTime;
import org.mooring.interop.bench.Result;
import org.mooring.interop.bench.Round;
import org.mooring.interop.bench.Rounds;
import org.mooring.interop.fleet.Enrolee;
import org.mooring.interop.fleet.FleetResult;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What an enrolment costs the more enrolees the server knows. */
@Command(
    name = "scale",
    description = "Enrolments per second and their cost, with 1 k to 1 M enrolees in the store.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class ScaleCommand extends Benchmark {
  private static final double MOST_RATIO = 1.2;

  @Option(
      names = "--sizes",
      paramLabel = "N",
      split = ",",
      description = "Enrolees in the store, the smallest first. Default: ${DEFAULT-VALUE}.")
  private List<Integer> sizes = List.of(1_000, 10_000, 100_000, 1_000_000);

  @Option(
      names = "--walks",
      paramLabel = "N",
      description = "Measured walks, after as many to warm up. Default: ${DEFAULT-VALUE}.")
  private int walks = 3_000;

  @Option(
      names = "--concurrent",
      paramLabel = "N",
      description = "Nodes on their way at a time. Default: ${DEFAULT-VALUE}.")
  private int concurrent = 50;

  @Option(
      names = "--stock",
      paramLabel = "DIR",
      description = "Keeps the filled data folders. Default: interop/target/bench/scale.")
  private @Nullable Path stock;

  @Override
  protected Result measure() throws InterruptedException {
    Jars jars = Jars.ofThisProject();
    Stock folders =
        new Stock(
            jars, stock == null ? jars.interop().resolve("target/bench/scale") : stock, common());
    List<String> notes = new ArrayList<>();
    for (int size : sizes) {
      folders.prepare(size, this::progress).ifPresent(notes::add);
    }
    List<Round> rounds = new ArrayList<>();
    for (int number = 1; number <= common().rounds(); number++) {
      for (EnrolmentPath path : EnrolmentPath.values()) {
        for (int size : sizes) {
          Round round = round(jars, folders, path, size, number);
          progress("round %d: %s %s", number, round.subject(), round.values());
          rounds.add(round);
        }
      }
    }
    return result(new Rounds(rounds), notes);
  }

  private static String subject(EnrolmentPath path, int size) {
    return path.text() + ", " + size + " enrolees";
  }

  private Round round(Jars jars, Stock folders, EnrolmentPath path, int size, int number)
      throws InterruptedException {
    Path folder = Folders.temporary("scale");
    try {
      Folders.copy(folders.of(size), folder.resolve("data"));
      InServer.Settings settings = new InServer.Settings(common().jvm(), List.of());
      long begin = System.nanoTime();
      try (InServer server = InServer.start(jars, folder.resolve("data"), settings)) {
        Duration start = Duration.ofNanos(System.nanoTime() - begin);
        return measured(server, path, Round.of(subject(path, size), number))
            .put("startSeconds", start.toMillis() / 1e3)
            .build();
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private Round.Builder measured(InServer server, EnrolmentPath path, Round.Builder round)
      throws InterruptedException {
    List<Enrolee> warmUp = Walks.enrolees(server, walks, path);
    List<Enrolee> counted = Walks.enrolees(server, walks, path);
    Walks.run(server, warmUp, concurrent);
    Duration before = CpuTime.of(server.process().pid());
    FleetResult result = Walks.run(server, counted, concurrent);
    Duration spent = CpuTime.of(server.process().pid()).minus(before);
    return round
        .put("enrolmentsPerSecond", result.nodesPerSecond())
        .put("serverCpuMsPerEnrolment", spent.toNanos() / 1e6 / walks)
        .put("p50Ms", Walks.walkSeconds(result, 50) * 1e3)
        .put("p99Ms", Walks.walkSeconds(result, 99) * 1e3)
        .put("failures", Walks.failures(result));
  }

  private Result result(Rounds rounds, List<String> notes) {
    List<Result.Ratio> ratios = new ArrayList<>();
    int least = sizes.get(0);
    int most = sizes.get(sizes.size() - 1);
    for (EnrolmentPath path : EnrolmentPath.values()) {
      String large = subject(path, most);
      String small = subject(path, least);
      String name = path.text() + ", " + most + " to " + least + " enrolees: ";
      ratios.add(
          Result.Ratio.atMost(
              name + "server CPU of an enrolment",
              rounds.ratio(large, small, "serverCpuMsPerEnrolment"),
              MOST_RATIO));
      ratios.add(
          Result.Ratio.unbounded(
              name + "enrolments per second", rounds.ratio(large, small, "enrolmentsPerSecond")));
      ratios.add(Result.Ratio.unbounded(name + "p99", rounds.ratio(large, small, "p99Ms")));
    }
    String title = "An enrolment's cost by the enrolees that the store holds";
    return new Result(
        "scale",
        title,
        Attributes.builder()
            .put("sizes", String.join(",", sizes.stream().map(String::valueOf).toList()))
            .put("walks", walks)
            .put("concurrent", concurrent)
            .put("jvm", common().jvmText())
            .build(),
        rounds,
        ratios,
        notes,
        new BarChart(title)
            .panel("server CPU per enrolment, ms", rounds, "serverCpuMsPerEnrolment")
            .panel("enrolments per second", rounds, "enrolmentsPerSecond")
            .panel("p99 of a walk, ms", rounds, "p99Ms")
            .panel("start of the server, s", rounds, "startSeconds")
            .draw());
  }
}
