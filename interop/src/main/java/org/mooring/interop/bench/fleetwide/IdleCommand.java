// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.fleetwide;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.bench.BarChart;
import org.mooring.interop.bench.Benchmark;
import org.mooring.interop.bench.Result;
import org.mooring.interop.bench.Round;
import org.mooring.interop.bench.Rounds;
import org.mooring.interop.fleet.FleetCommand;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.JarProcess;
import org.mooring.interop.process.Jars;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a node costs the server's heap while its association stands and nothing is said. */
@Command(
    name = "idle",
    description = "Heap of the server for each idle associated node, over all layers.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class IdleCommand extends Benchmark {
  private static final double MOST_KIB = 6;
  private static final double BYTES_PER_KIB = 1024;
  private static final int CLASSES_NAMED = 15;
  private static final Duration WALKS_LIMIT = Duration.ofMinutes(20);

  /** The server keeps the answers it gave for EXCHANGE_LIFETIME, 247 s (RFC 7252). */
  private static final int SETTLE_SECONDS = 270;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      split = ",",
      description = "Nodes that are associated at a time. Default: ${DEFAULT-VALUE}.")
  private List<Integer> sizes = List.of(10_000, 50_000);

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      description =
          "Wait before each count, so that remembered answers expire. Default: ${DEFAULT-VALUE}.")
  private int settleSeconds = SETTLE_SECONDS;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Nodes in one process, which is killed once they are registered, so that it needs no"
              + " room meanwhile and the server hears of nothing. Default: ${DEFAULT-VALUE}.")
  private int batch = 5_000;

  private List<String> largest = List.of();

  @Override
  protected Result measure() throws InterruptedException {
    List<Round> rounds = new ArrayList<>();
    for (int number = 1; number <= common().rounds(); number++) {
      for (int nodes : sizes) {
        Round round = round(nodes, number);
        progress("round %d: %s %s", number, round.subject(), round.values());
        rounds.add(round);
      }
    }
    return result(new Rounds(rounds));
  }

  private Round round(int nodes, int number) throws InterruptedException {
    Path folder = Folders.temporary("idle");
    InServer.Settings settings = new InServer.Settings(common().jvm(), List.of());
    Path data = folder.resolve("data");
    try (InServer server = InServer.start(Jars.ofThisProject(), data, settings)) {
      // Loads every class and fills every pool that is there whatever the number of nodes.
      Walks.run(server, Walks.enrolees(server, Math.min(nodes, 200), EnrolmentPath.MAF), 50);
      Thread.sleep(settle().toMillis());
      ServerHeap before = ServerHeap.of(server.process().pid());
      for (int done = 0; done < nodes; done += batch) {
        walkAndVanish(data, folder.resolve("fleet.log"), Math.min(batch, nodes - done));
      }
      Thread.sleep(settle().toMillis());
      ServerHeap after = ServerHeap.of(server.process().pid());
      Attributes status = server.admin().status();
      largest = after.growth(before, nodes, CLASSES_NAMED);
      return Round.of(nodes + " nodes", number)
          .put("heapKiBPerNode", (after.total() - before.total()) / BYTES_PER_KIB / nodes)
          .put("sessions", status.whole("sessions").orElseThrow())
          .put("connections", status.whole("connections").orElseThrow())
          .put("heapMiB", after.total() / BYTES_PER_KIB / BYTES_PER_KIB)
          .build();
    } finally {
      Folders.delete(folder);
    }
  }

  private Duration settle() {
    return Duration.ofSeconds(settleSeconds);
  }

  private static void walkAndVanish(Path data, Path log, int nodes) {
    List<String> arguments =
        List.of(
            "--server-data",
            data.toString(),
            "--nodes",
            Integer.toString(nodes),
            "--concurrent",
            "100",
            "--then",
            "stay",
            "--json");
    JarProcess fleet = JarProcess.start(FleetCommand.class, List.of("-Xmx2g"), arguments, log);
    try (fleet) {
      String outcome =
          fleet.await(
              WALKS_LIMIT,
              "the walks of the fleet",
              lines -> lines.stream().filter(line -> line.startsWith("{")).findFirst());
      if (!outcome.contains("REGISTERED")) {
        throw new IllegalStateException("not all nodes registered: " + outcome);
      }
      fleet.kill();
    }
  }

  private Result result(Rounds rounds) {
    List<Result.Ratio> bounds = new ArrayList<>();
    for (String subject : rounds.subjects()) {
      rounds
          .figure(subject, "heapKiBPerNode")
          .ifPresent(
              figure ->
                  bounds.add(
                      Result.Ratio.atMost(subject + ", KiB of heap for each", figure, MOST_KIB)));
    }
    List<String> notes =
        new ArrayList<>(
            List.of("Live bytes after a full collection, less those before the first walk."));
    notes.addAll(largest);
    String title = "The server's heap for an idle associated node";
    return new Result(
        "idle",
        title,
        Attributes.builder()
            .put("nodes", String.join(",", sizes.stream().map(String::valueOf).toList()))
            .put("path", EnrolmentPath.MAF.text())
            .put("settleSeconds", settleSeconds)
            .put("jvm", common().jvmText())
            .build(),
        rounds,
        bounds,
        notes,
        new BarChart(title).panel("KiB for each node", rounds, "heapKiBPerNode").draw());
  }
}
