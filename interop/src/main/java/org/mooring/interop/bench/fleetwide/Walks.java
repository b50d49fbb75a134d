// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.fleetwide;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.fleet.Enrolee;
import org.mooring.interop.fleet.Enrolees;
import org.mooring.interop.fleet.Fleet;
import org.mooring.interop.fleet.FleetResult;
import org.mooring.interop.fleet.FleetSettings;
import org.mooring.interop.process.InServer;

/** Walks of a fleet toward one server, which gets to know the nodes beforehand. */
final class Walks {
  private static final double MICROS_PER_SECOND = 1e6;

  private Walks() {}

  /** New nodes at a server. */
  static List<Enrolee> enrolees(InServer server, int count, EnrolmentPath path) {
    return Enrolees.imported(server.admin(), count, path);
  }

  /**
   * Walks nodes to their registration and sends them home.
   *
   * @throws IllegalStateException if some do not get there
   */
  static FleetResult run(InServer server, List<Enrolee> enrolees, int concurrent)
      throws InterruptedException {
    FleetSettings settings =
        FleetSettings.DEFAULT.withPace(
            new FleetSettings.Pace(Double.POSITIVE_INFINITY, concurrent));
    try (Fleet fleet = new Fleet(settings, server.coapsAddress(), enrolees)) {
      FleetResult result = fleet.run();
      if (!result.complete()) {
        throw new IllegalStateException(
            result.registered() + " of " + enrolees.size() + " nodes registered");
      }
      return result;
    }
  }

  /** A percentile of the time from a node's start to its registration, in seconds. */
  static double walkSeconds(FleetResult result, double percentile) {
    Histogram walks = result.latencies().get(FleetResult.WALK);
    return walks == null ? Double.NaN : walks.getValueAtPercentile(percentile) / MICROS_PER_SECOND;
  }

  static long failures(FleetResult result) {
    return result.failures().values().stream().mapToLong(Long::longValue).sum();
  }

  /** The causes of failures, the most frequent first. */
  static List<String> causes(FleetResult result, String subject) {
    return result.failures().entrySet().stream()
        .limit(8)
        .map(cause -> subject + ": " + cause.getValue() + " times " + cause.getKey())
        .toList();
  }
}
