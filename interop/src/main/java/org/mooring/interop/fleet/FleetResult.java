// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.interop.relay.RelayStatistics;

/**
 * What a fleet did.
 *
 * @param nodes the accounts of all nodes
 * @param latencies in microseconds by step: those of the walk, the whole {@link #WALK}, and what
 *     followed
 * @param failures by cause; a node that failed somewhere tries again, so these are no lost nodes
 * @param walked what passed the nodes' sockets until the last one was registered
 * @param followed what passed them afterwards
 * @param network what the network did, null where the nodes spoke to the server directly
 * @param complete whether all nodes got to where they should, the follow-up included
 * @param peakThreads the most threads that the process had
 */
public record FleetResult(
    List<NodeRecord> nodes,
    Map<String, Histogram> latencies,
    Map<String, Long> failures,
    TrafficMeter.Reading walked,
    TrafficMeter.Reading followed,
    RelayStatistics.@Nullable Reading network,
    boolean complete,
    int peakThreads) {

  /** The step that spans a node's whole way, failures and waits included. */
  public static final String WALK = "walk";

  /** The step from a node's second start to its registered session. */
  public static final String RECONNECT = "reconnect";

  /** The step from when a value was due to its answer. */
  public static final String PUBLISH = "publish";

  static final List<String> ORDER =
      List.of(
          "bootstrap",
          "authenticate",
          "associate",
          "register-cse",
          WALK,
          RECONNECT,
          "container",
          PUBLISH);

  public long registered() {
    return nodes.stream().filter(node -> node.registration().isPresent()).count();
  }

  /** How often a step ended well. */
  public long count(String step) {
    Histogram histogram = latencies.get(step);
    return histogram == null ? 0 : histogram.getTotalCount();
  }

  /** From the first start to the last registration. */
  public Duration duration() {
    Optional<Duration> first =
        nodes.stream().map(NodeRecord::started).min(Comparator.naturalOrder());
    Optional<Duration> last =
        nodes.stream().flatMap(node -> node.registration().stream()).max(Comparator.naturalOrder());
    return first.flatMap(begin -> last.map(end -> end.minus(begin))).orElse(Duration.ZERO);
  }

  public double nodesPerSecond() {
    long nanos = duration().toNanos();
    return nanos == 0 ? 0 : registered() * 1e9 / nanos;
  }

  public Optional<RelayStatistics.Reading> networkStatistics() {
    return Optional.ofNullable(network);
  }
}
