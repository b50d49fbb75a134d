// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.mooring.interop.bench.Bench;
import org.mooring.interop.bench.Enrolments;
import org.mooring.interop.bench.Subject;
import org.mooring.interop.process.JarProcess;

/** Leshan's servers in a process of their own, under Leshan's clients. */
final class LeshanProcess implements AutoCloseable {
  static final String NAME = "Leshan";

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final JarProcess process;
  private final int bootstrapPort;
  private final int concurrent;
  private final AtomicInteger next = new AtomicInteger();

  private LeshanProcess(JarProcess process, int bootstrapPort, int concurrent) {
    this.process = process;
    this.bootstrapPort = bootstrapPort;
    this.concurrent = concurrent;
  }

  /**
   * @param clients of all rounds together
   */
  static LeshanProcess start(Path folder, List<String> jvm, int clients, int concurrent) {
    JarProcess process =
        JarProcess.start(
            LeshanServers.class,
            Bench.quiet(jvm),
            List.of(Integer.toString(clients)),
            folder.resolve("leshan.log"));
    int port =
        process.await(
            START,
            "the bootstrap server's port",
            lines -> lines.stream().findFirst().map(Integer::parseInt));
    return new LeshanProcess(process, port, concurrent);
  }

  /** Bootstrap and registration, as something to measure. */
  Subject subject() {
    return new Subject(NAME, this::enrol);
  }

  private Enrolments enrol(int nodes) throws InterruptedException {
    int first = next.getAndAdd(nodes);
    try (LeshanFleet fleet = new LeshanFleet(first, nodes, bootstrapPort, concurrent)) {
      Enrolments.Interval interval = Enrolments.begin(process.pid());
      Duration took = fleet.run(LIMIT);
      return interval.end(nodes, took);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
