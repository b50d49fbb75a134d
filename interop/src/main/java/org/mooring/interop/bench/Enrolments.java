// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.time.Duration;

/**
 * Enrolments over an interval.
 *
 * @param nodes that got to where they should
 * @param took from the first one's start to the last one's end
 * @param server the server's processor time meanwhile
 * @param clients the clients' processor time meanwhile, which is this process's
 */
public record Enrolments(int nodes, Duration took, Duration server, Duration clients) {
  public static final String PER_SECOND = "enrolmentsPerSecond";
  public static final String PER_CPU_SECOND = "enrolmentsPerCpuSecond";
  public static final String CPU_MILLIS = "cpuMillisPerEnrolment";
  public static final String CLIENT_CPU_MILLIS = "clientCpuMillisPerEnrolment";

  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  /** An interval that has begun. */
  public static final class Interval {
    private final long server;
    private final Duration serverBefore;
    private final Duration clientsBefore;

    private Interval(long server) {
      this.server = server;
      this.clientsBefore = CpuTime.of(ProcessHandle.current().pid());
      this.serverBefore = CpuTime.of(server);
    }

    /** Ends the interval, after all nodes got there. */
    public Enrolments end(int nodes, Duration took) {
      return new Enrolments(
          nodes,
          took,
          CpuTime.of(server).minus(serverBefore),
          CpuTime.of(ProcessHandle.current().pid()).minus(clientsBefore));
    }
  }

  /**
   * Begins an interval.
   *
   * @param server process whose time counts
   */
  public static Interval begin(long server) {
    return new Interval(server);
  }

  /** As a round's values. */
  public Round round(String subject, int number) {
    return Round.of(subject, number)
        .put(PER_SECOND, nodes * NANOS / took.toNanos())
        .put(PER_CPU_SECOND, nodes * NANOS / Math.max(1, server.toNanos()))
        .put(CPU_MILLIS, server.toNanos() / NANOS_PER_MILLI / nodes)
        .put(CLIENT_CPU_MILLIS, clients.toNanos() / NANOS_PER_MILLI / nodes)
        .build();
  }
}
