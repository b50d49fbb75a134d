// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.floor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.bench.Bench;
import org.mooring.interop.bench.Enrolments;
import org.mooring.interop.bench.Subject;
import org.mooring.interop.process.JarProcess;

/** Bare Californium in a process of its own, under bare nodes. */
final class BareProcess implements AutoCloseable {
  private static final String NAME = "bare Californium ";
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final JarProcess process;
  private final InetSocketAddress address;
  private final int concurrent;

  private BareProcess(JarProcess process, int port, int concurrent) {
    this.process = process;
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.concurrent = concurrent;
  }

  static BareProcess start(
      Path folder, List<String> jvm, Map<EnrolmentPath, WalkPlan> plans, int concurrent) {
    List<String> arguments = new ArrayList<>();
    plans.forEach((path, plan) -> arguments.addAll(List.of(path.text(), plan.toString())));
    JarProcess process =
        JarProcess.start(BareServer.class, Bench.quiet(jvm), arguments, folder.resolve("bare.log"));
    int port =
        process.await(
            START,
            "the bare server's port",
            lines -> lines.stream().findFirst().map(Integer::parseInt));
    return new BareProcess(process, port, concurrent);
  }

  static String name(EnrolmentPath path) {
    return NAME + path.text();
  }

  /** The motions of enrolment on a path, as something to measure. */
  Subject on(EnrolmentPath path, WalkPlan plan) {
    return new Subject(name(path), nodes -> enrol(path, plan, nodes));
  }

  private Enrolments enrol(EnrolmentPath path, WalkPlan plan, int nodes)
      throws InterruptedException {
    try (BareFleet fleet = new BareFleet(path.text(), plan, address, nodes)) {
      Enrolments.Interval interval = Enrolments.begin(process.pid());
      Duration took = fleet.run(concurrent, LIMIT);
      Enrolments enrolments = interval.end(nodes, took);
      long handshakes = fleet.traffic().handshakes();
      if (handshakes != (long) plan.handshakes() * nodes) {
        throw new IllegalStateException("the bare nodes shook hands " + handshakes + " times");
      }
      return enrolments;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
