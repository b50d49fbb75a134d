// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.time.Duration;

/**
 * Enrolments over an interval.
 *
 * @param nodes that got to where they should
 * @param took from the first one's start to the last one's end
 * @param cpu the server's processor time meanwhile
 */
public record Enrolments(int nodes, Duration took, Duration cpu) {
  public static final String PER_SECOND = "enrolmentsPerSecond";
  public static final String PER_CPU_SECOND = "enrolmentsPerCpuSecond";
  public static final String CPU_MILLIS = "cpuMillisPerEnrolment";

  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  /** As a round's values. */
  public Round round(String subject, int number) {
    return Round.of(subject, number)
        .put(PER_SECOND, nodes * NANOS / took.toNanos())
        .put(PER_CPU_SECOND, nodes * NANOS / Math.max(1, cpu.toNanos()))
        .put(CPU_MILLIS, cpu.toNanos() / NANOS_PER_MILLI / nodes)
        .build();
  }
}
