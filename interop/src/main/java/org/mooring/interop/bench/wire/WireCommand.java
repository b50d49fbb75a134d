// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.bench.BarChart;
import org.mooring.interop.bench.Benchmark;
import org.mooring.interop.bench.MooringServer;
import org.mooring.interop.bench.Result;
import org.mooring.interop.bench.Result.Ratio;
import org.mooring.interop.bench.Round;
import org.mooring.interop.bench.Rounds;
import org.mooring.interop.bench.ScratchFolder;
import org.mooring.interop.bench.peer.LeshanFleet;
import org.mooring.interop.bench.peer.LeshanServers;
import org.mooring.interop.fleet.Enrolee;
import org.mooring.interop.relay.DatagramRelay;
import org.mooring.interop.relay.Interceptor;
import picocli.CommandLine.Command;

/** Handshakes, datagrams and octets of enrolment and of coming back. */
@Command(
    name = "wire",
    description =
        "Handshakes, datagrams and octets from factory to registered, and of coming back, for"
            + " Mooring and Leshan: counted by one relay.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class WireCommand extends Benchmark {
  private static final String TITLE = "From factory to registered, and back again, on the wire";
  private static final String LESHAN = "Leshan: bootstrap and registration";
  private static final String HANDSHAKES = "handshakes";
  private static final String DATAGRAMS = "datagrams";
  private static final String OCTETS = "octets";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> NOTES =
      List.of(
          "Octets are those of UDP payloads, both ways; a round is one node. Goodbyes count where a"
              + " session ends on the way, not that of the last session.",
          "Coming back by connection id is one retrieval of the node's registration from another"
              + " port; resumed is the same after an abbreviated handshake; restarted is a start"
              + " from the vault, with a full handshake.",
          "Leshan's bootstrap is the least that works: two writes and the finish.");

  @Override
  protected Result measure() throws IOException, InterruptedException {
    List<Round> rounds = new ArrayList<>();
    try (ScratchFolder scratch = ScratchFolder.create();
        MooringServer mooring = MooringServer.start(scratch.path(), common().jvm(), 1)) {
      for (int number = 1; number <= common().rounds(); number++) {
        progress("round %d of %d", number, common().rounds());
        for (EnrolmentPath path : EnrolmentPath.values()) {
          mooring(mooring, path, number, rounds);
        }
        rounds.add(round(LESHAN, number, leshan()));
      }
    }
    return result(new Rounds(rounds));
  }

  private static String walked(EnrolmentPath path) {
    return MooringServer.name(path) + ": enrolment and registration";
  }

  private static void mooring(
      MooringServer server, EnrolmentPath path, int number, List<Round> rounds)
      throws InterruptedException {
    Enrolee enrolee = server.enrolees(path, 1).get(0);
    try (DatagramRelay relay = DatagramRelay.open(server.address(), Interceptor.NONE);
        WiredNode node = new WiredNode(relay, enrolee)) {
      rounds.add(round(walked(path), number, node.walk()));
      if (path == EnrolmentPath.MAF) {
        rounds.add(round("Mooring: back by connection id", number, node.moveAndAsk()));
        rounds.add(round("Mooring: back by restart", number, node.restart()));
        rounds.add(round("Mooring: back by resumption", number, node.resumeAndAsk()));
      }
    }
  }

  /** The two servers in this process, each behind a relay. */
  private static TrafficMeter.Reading leshan() throws InterruptedException {
    List<DatagramRelay> relays = new ArrayList<>();
    try (LeshanServers servers =
            LeshanServers.start(
                1,
                port -> {
                  relays.add(relay(port));
                  return relays.get(0).port();
                });
        DatagramRelay toManagement = relays.get(0);
        DatagramRelay toBootstrap = relay(servers.bootstrapPort());
        LeshanFleet client = new LeshanFleet(0, 1, toBootstrap.port(), 1)) {
      var unused = client.run(LIMIT);
      return toBootstrap.traffic().plus(toManagement.traffic());
    }
  }

  private static DatagramRelay relay(int port) {
    return DatagramRelay.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Interceptor.NONE);
  }

  private static Round round(String subject, int number, TrafficMeter.Reading cost) {
    return Round.of(subject, number)
        .put(HANDSHAKES, cost.handshakes())
        .put(DATAGRAMS, cost.datagrams())
        .put(OCTETS, cost.bytes())
        .build();
  }

  private Result result(Rounds rounds) {
    Attributes settings = Attributes.builder().put("nodes", common().rounds()).build();
    List<Ratio> ratios = new ArrayList<>();
    for (EnrolmentPath path : EnrolmentPath.values()) {
      for (String value : List.of(DATAGRAMS, OCTETS)) {
        ratios.add(
            Ratio.unbounded(
                path.text() + ", " + value + ", Mooring to Leshan",
                rounds.ratio(walked(path), LESHAN, value)));
      }
    }
    String chart =
        new BarChart(TITLE)
            .panel("handshakes", rounds, HANDSHAKES)
            .panel("datagrams, both ways", rounds, DATAGRAMS)
            .panel("octets of UDP payload, both ways", rounds, OCTETS)
            .draw();
    return new Result("wire", TITLE, settings, rounds, ratios, NOTES, chart);
  }
}
