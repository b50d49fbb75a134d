// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.floor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.bench.CpuTime;
import org.mooring.interop.bench.Enrolments;
import org.mooring.interop.fleet.Enrolee;
import org.mooring.interop.fleet.Enrolees;
import org.mooring.interop.fleet.Fleet;
import org.mooring.interop.fleet.FleetResult;
import org.mooring.interop.fleet.FleetSettings;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;
import org.mooring.interop.relay.DatagramRelay;

/** The server with everything on and its data on the disk, under the fleet. */
final class MooringSubject implements Subject {
  static final String NAME = "Mooring";

  private final InServer server;
  private final int concurrent;

  private MooringSubject(InServer server, int concurrent) {
    this.server = server;
    this.concurrent = concurrent;
  }

  static MooringSubject start(Path folder, List<String> jvm, int concurrent) {
    InServer.Settings settings = new InServer.Settings(jvm, List.of());
    InServer server = InServer.start(Jars.ofThisProject(), folder.resolve("data"), settings);
    return new MooringSubject(server, concurrent);
  }

  @Override
  public String name(EnrolmentPath path) {
    return NAME + " " + path.text();
  }

  long pid() {
    return server.process().pid();
  }

  /** The plan of a path, from one node that walks it. */
  WalkPlan record(EnrolmentPath path) throws InterruptedException {
    WalkRecorder recorder = new WalkRecorder();
    try (DatagramRelay relay = DatagramRelay.open(server.coapsAddress(), recorder)) {
      walk(path, 1, new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.port()));
      return recorder.plan();
    }
  }

  @Override
  public Enrolments enrol(EnrolmentPath path, int nodes) throws InterruptedException {
    return walk(path, nodes, server.coapsAddress());
  }

  private Enrolments walk(EnrolmentPath path, int nodes, InetSocketAddress address)
      throws InterruptedException {
    List<Enrolee> enrolees = Enrolees.imported(server.admin(), nodes, path);
    FleetSettings settings =
        FleetSettings.DEFAULT.withPace(
            new FleetSettings.Pace(Double.POSITIVE_INFINITY, concurrent));
    try (Fleet fleet = new Fleet(settings, address, enrolees)) {
      Duration before = CpuTime.of(pid());
      FleetResult result = fleet.run();
      Duration spent = CpuTime.of(pid()).minus(before);
      if (!result.complete() || !result.failures().isEmpty()) {
        throw new IllegalStateException(
            "%d of %d nodes registered, failures: %s"
                .formatted(result.registered(), nodes, result.failures()));
      }
      return new Enrolments(nodes, result.duration(), spent);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
