// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.fleet.Enrolee;
import org.mooring.interop.fleet.Enrolees;
import org.mooring.interop.fleet.Fleet;
import org.mooring.interop.fleet.FleetResult;
import org.mooring.interop.fleet.FleetSettings;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;

/** The server's jar with everything on and its data on the disk, under fleets. */
public final class MooringServer implements AutoCloseable {
  private static final String NAME = "Mooring ";

  private final InServer server;
  private final int concurrent;

  private MooringServer(InServer server, int concurrent) {
    this.server = server;
    this.concurrent = concurrent;
  }

  /**
   * Starts a server.
   *
   * @param folder takes its data and its log
   * @param concurrent the most nodes on their way at a time
   */
  public static MooringServer start(Path folder, List<String> jvm, int concurrent) {
    InServer.Settings settings = new InServer.Settings(jvm, List.of());
    InServer server = InServer.start(Jars.ofThisProject(), folder.resolve("data"), settings);
    return new MooringServer(server, concurrent);
  }

  /** What a path is called in the results. */
  public static String name(EnrolmentPath path) {
    return NAME + path.text();
  }

  /** Enrolment on a path, as something to measure. */
  public Subject on(EnrolmentPath path) {
    return new Subject(name(path), nodes -> enrol(path, nodes, server.coapsAddress()));
  }

  public long pid() {
    return server.process().pid();
  }

  public InetSocketAddress address() {
    return server.coapsAddress();
  }

  /**
   * Has new nodes enrol.
   *
   * @param address where they find the server, which may be a relay's
   * @throws IllegalStateException if one does not get there, or only after a failure
   */
  public Enrolments enrol(EnrolmentPath path, int nodes, InetSocketAddress address)
      throws InterruptedException {
    FleetSettings settings =
        FleetSettings.DEFAULT.withPace(
            new FleetSettings.Pace(Double.POSITIVE_INFINITY, concurrent));
    try (Fleet fleet = new Fleet(settings, address, enrolees(path, nodes))) {
      Enrolments.Interval interval = Enrolments.begin(pid());
      FleetResult result = fleet.run();
      Enrolments enrolments = interval.end(nodes, result.duration());
      if (!result.complete() || !result.failures().isEmpty()) {
        throw new IllegalStateException(
            "%d of %d nodes registered, failures: %s"
                .formatted(result.registered(), nodes, result.failures()));
      }
      return enrolments;
    }
  }

  /** New enrolees. */
  public List<Enrolee> enrolees(EnrolmentPath path, int count) {
    return Enrolees.imported(server.admin(), count, path);
  }

  @Override
  public void close() {
    server.close();
  }
}
