// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.floor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.bench.Bench;
import org.mooring.interop.bench.CpuTime;
import org.mooring.interop.bench.Enrolments;
import org.mooring.interop.process.JarProcess;

/** Bare Californium in a process of its own, under bare nodes. */
final class BareSubject implements Subject {
  static final String NAME = "bare Californium";

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final JarProcess process;
  private final InetSocketAddress address;
  private final Map<EnrolmentPath, WalkPlan> plans;
  private final int concurrent;

  private BareSubject(
      JarProcess process, int port, Map<EnrolmentPath, WalkPlan> plans, int concurrent) {
    this.process = process;
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.plans = plans;
    this.concurrent = concurrent;
  }

  static BareSubject start(
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
    return new BareSubject(process, port, plans, concurrent);
  }

  @Override
  public String name(EnrolmentPath path) {
    return NAME + " " + path.text();
  }

  @Override
  public Enrolments enrol(EnrolmentPath path, int nodes) throws InterruptedException {
    WalkPlan plan = Objects.requireNonNull(plans.get(path));
    try (BareFleet fleet = new BareFleet(path.text(), plan, address, nodes)) {
      Duration before = CpuTime.of(process.pid());
      Duration took = fleet.run(concurrent, LIMIT);
      Duration spent = CpuTime.of(process.pid()).minus(before);
      long handshakes = fleet.traffic().handshakes();
      if (handshakes != (long) plan.handshakes() * nodes) {
        throw new IllegalStateException("the bare nodes shook hands " + handshakes + " times");
      }
      return new Enrolments(nodes, took, spent);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
