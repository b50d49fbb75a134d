// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.fleetwide;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.bench.BarChart;
import org.mooring.interop.bench.Benchmark;
import org.mooring.interop.bench.Result;
import org.mooring.interop.bench.Round;
import org.mooring.interop.bench.Rounds;
import org.mooring.interop.fleet.Enrolee;
import org.mooring.interop.fleet.Fleet;
import org.mooring.interop.fleet.FleetResult;
import org.mooring.interop.fleet.FleetSettings;
import org.mooring.interop.fleet.FollowUp;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;
import org.mooring.interop.relay.DatagramRelay;
import org.mooring.interop.relay.NetworkConditions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Walks over a network that loses, doubles and delays, and then a NAT that forgets everybody. */
@Command(
    name = "lossy",
    description = "Walks at 30 %% loss, 10 %% duplication and reordering, 400 ms; then a new NAT.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class LossyCommand extends Benchmark {
  private static final Duration RTT = Duration.ofMillis(400);

  @Option(names = "--nodes", paramLabel = "N", description = "How many. Default: ${DEFAULT-VALUE}.")
  private int nodes = 1_000;

  @Option(
      names = "--loss",
      paramLabel = "SHARE",
      description = "Share of datagrams lost, each way. Default: ${DEFAULT-VALUE}.")
  private double loss = 0.3;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the network's dice in the first round, one more in each further one.")
  private long seed = 1;

  @Option(
      names = "--dtls-retries",
      paramLabel = "N",
      split = ",",
      description = "A node's retransmissions of a flight, in turns. Default: ${DEFAULT-VALUE}.")
  private List<Integer> dtlsRetries = List.of(EndpointTimers.DEFAULT.dtlsRetries());

  @Option(
      names = "--rebinds",
      paramLabel = "N",
      description = "How often all nodes get other ports. Default: ${DEFAULT-VALUE}.")
  private int rebinds = 3;

  @Option(
      names = "--concurrent",
      paramLabel = "N",
      description = "Nodes on their way at a time. Default: ${DEFAULT-VALUE}.")
  private int concurrent = 250;

  private final List<String> notes = new ArrayList<>();

  @Override
  protected Result measure() throws InterruptedException {
    List<Round> rounds = new ArrayList<>();
    for (int number = 1; number <= common().rounds(); number++) {
      for (int retries : dtlsRetries) {
        Round round = round(retries, number);
        progress("round %d: %s %s", number, round.subject(), round.values());
        rounds.add(round);
      }
    }
    return result(new Rounds(rounds));
  }

  private Round round(int retries, int number) throws InterruptedException {
    Path folder = Folders.temporary("lossy");
    InServer.Settings settings = new InServer.Settings(common().jvm(), List.of());
    String subject = nodes + " nodes, " + retries + " DTLS retries";
    try (InServer server = InServer.start(Jars.ofThisProject(), folder.resolve("data"), settings)) {
      List<Enrolee> enrolees = Walks.enrolees(server, nodes, EnrolmentPath.MAF);
      try (Fleet fleet = new Fleet(settings(retries, number), server.coapsAddress(), enrolees)) {
        FleetResult walked = fleet.run();
        notes.addAll(Walks.causes(walked, "round " + number + ", " + subject));
        Round.Builder round =
            Round.of(subject, number)
                .put("registered", walked.registered())
                .put("p50Seconds", Walks.walkSeconds(walked, 50))
                .put("p90Seconds", Walks.walkSeconds(walked, 90))
                .put("p99Seconds", Walks.walkSeconds(walked, 99))
                .put("maxSeconds", Walks.walkSeconds(walked, 100))
                .put("failures", Walks.failures(walked))
                .put("handshakesPerNode", walked.walked().handshakes() / (double) nodes);
        return rebound(server, fleet, round).build();
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private FleetSettings settings(int retries, int number) {
    EndpointTimers standard = EndpointTimers.DEFAULT;
    NetworkConditions rough =
        NetworkConditions.PERFECT
            .withLoss(loss)
            .withDuplicate(loss / 3)
            .withReorder(loss / 3)
            .withRtt(RTT);
    return FleetSettings.DEFAULT
        .withPace(new FleetSettings.Pace(Double.POSITIVE_INFINITY, concurrent))
        .withNetwork(rough, seed + number - 1)
        .withTimers(
            new EndpointTimers(
                standard.ackTimeout(), standard.retries(), standard.dtlsTimeout(), retries),
            FleetSettings.DEFAULT.backoff())
        .withTimeout(Duration.ofMinutes(30));
  }

  /**
   * The network loses nothing now, so that no handshake follows a missing answer; every node
   * publishes from a port that the server never saw, several times.
   */
  private Round.Builder rebound(InServer server, Fleet fleet, Round.Builder round)
      throws InterruptedException {
    DatagramRelay relay = fleet.network().orElseThrow();
    relay.change(NetworkConditions.PERFECT.withRtt(RTT));
    FollowUp.Steady everyNodeTwice =
        new FollowUp.Steady(Math.max(1, nodes / 10.0), Duration.ofSeconds(20));
    boolean calm = fleet.follow(everyNodeTwice);
    long handshakes = relay.traffic().handshakes();
    long serverHandshakes = handshakesAt(server);
    long moves = relay.statistics().rebound();
    boolean answered = calm;
    for (int i = 0; i < rebinds; i++) {
      relay.rebindAll();
      answered &= fleet.follow(everyNodeTwice);
    }
    return round
        .put("rebinds", relay.statistics().rebound() - moves)
        .put("allAnswered", answered ? 1 : 0)
        .put("handshakesOnTheWire", relay.traffic().handshakes() - handshakes)
        .put("handshakesAtTheServer", handshakesAt(server) - serverHandshakes);
  }

  private static long handshakesAt(InServer server) {
    return server.admin().status().whole("handshakes").orElseThrow();
  }

  private Result result(Rounds rounds) {
    List<Result.Ratio> bounds = new ArrayList<>();
    for (String subject : rounds.subjects()) {
      rounds
          .figure(subject, "registered")
          .ifPresent(
              figure -> bounds.add(Result.Ratio.atLeast(subject + ", registered", figure, nodes)));
      rounds
          .figure(subject, "handshakesOnTheWire")
          .ifPresent(
              figure ->
                  bounds.add(
                      Result.Ratio.atMost(subject + ", handshakes after new ports", figure, 0)));
    }
    String title = "A rough network, then a NAT that forgets every node";
    return new Result(
        "lossy",
        title,
        Attributes.builder()
            .put("nodes", nodes)
            .put("loss", String.valueOf(loss))
            .put("duplicate", String.valueOf(loss / 3))
            .put("reorder", String.valueOf(loss / 3))
            .put("rttMs", RTT.toMillis())
            .put("seed", seed)
            .put("concurrent", concurrent)
            .put("jvm", common().jvmText())
            .build(),
        rounds,
        bounds,
        notes,
        new BarChart(title)
            .panel("median walk, s", rounds, "p50Seconds")
            .panel("p99, s", rounds, "p99Seconds")
            .panel("handshakes for each node", rounds, "handshakesPerNode")
            .draw());
  }
}
