// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.curves;

import java.time.Duration;
import org.mooring.interop.bench.Round;

/**
 * Full handshakes over an interval.
 *
 * @param count of them, all of which succeeded
 * @param took from the first one's start to the last one's end
 * @param server the server's processor time meanwhile
 * @param clients the clients' processor time meanwhile
 */
record Handshakes(int count, Duration took, Duration server, Duration clients) {
  static final String PER_SECOND = "handshakesPerSecond";
  static final String PER_CPU_SECOND = "handshakesPerCpuSecond";
  static final String CPU_MILLIS = "cpuMillisPerHandshake";
  private static final String CLIENT_CPU_MILLIS = "clientCpuMillisPerHandshake";

  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  /** As a round's values. */
  Round round(String subject, int number) {
    return Round.of(subject, number)
        .put(PER_SECOND, count * NANOS / took.toNanos())
        .put(PER_CPU_SECOND, count * NANOS / Math.max(1, server.toNanos()))
        .put(CPU_MILLIS, server.toNanos() / NANOS_PER_MILLI / count)
        .put(CLIENT_CPU_MILLIS, clients.toNanos() / NANOS_PER_MILLI / count)
        .build();
  }
}
