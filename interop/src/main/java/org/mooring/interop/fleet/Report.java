// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.relay.NetworkConditions;

/** A fleet's result in words, as JSON, and as a table of its nodes. */
final class Report {
  private static final double MICROS_PER_MILLI = 1_000;
  private static final double[] PERCENTILES = {50, 90, 99, 99.9};

  private final FleetSettings settings;
  private final FleetResult result;

  Report(FleetSettings settings, FleetResult result) {
    this.settings = settings;
    this.result = result;
  }

  void print(PrintWriter out) {
    TrafficMeter.Reading walked = result.walked();
    int count = Math.max(1, result.nodes().size());
    print(
        out,
        "%d of %d nodes registered in %.2f s, %.1f per second, with %d threads at most%n",
        result.registered(),
        result.nodes().size(),
        seconds(result.duration()),
        result.nodesPerSecond(),
        result.peakThreads());
    print(
        out,
        "per node %.2f handshakes, %.1f datagrams, %.0f bytes%n%n",
        walked.handshakes() / (double) count,
        walked.datagrams() / (double) count,
        walked.bytes() / (double) count);
    print(
        out,
        "%-14s %8s %9s %9s %9s %9s %9s%n",
        "step, ms",
        "count",
        "p50",
        "p90",
        "p99",
        "p99.9",
        "max");
    result.latencies().forEach((step, histogram) -> row(out, step, histogram));
    if (!result.failures().isEmpty()) {
      print(out, "%nfailures, each tried again:%n");
      result.failures().forEach((cause, number) -> print(out, "%8d  %s%n", number, cause));
    }
    result
        .networkStatistics()
        .ifPresent(
            network ->
                print(
                    out,
                    "%nthe network (seed %d) had %d datagrams: lost %d, doubled %d, held back %d,"
                        + " rebound %d clients%n",
                    settings.seed(),
                    network.received(),
                    network.lost(),
                    network.duplicated(),
                    network.late(),
                    network.rebound()));
    out.flush();
  }

  private static void row(PrintWriter out, String step, Histogram histogram) {
    print(out, "%-14s %8d", step, histogram.getTotalCount());
    for (double percentile : PERCENTILES) {
      print(out, " %9.1f", histogram.getValueAtPercentile(percentile) / MICROS_PER_MILLI);
    }
    print(out, " %9.1f%n", histogram.getMaxValue() / MICROS_PER_MILLI);
  }

  /** One line. */
  String json() {
    Attributes.Builder line =
        Attributes.builder()
            .put("outcome", result.complete() ? "REGISTERED" : "INCOMPLETE")
            .put("nodes", result.nodes().size())
            .put("registered", result.registered())
            .put("seconds", decimal(seconds(result.duration())))
            .put("nodesPerSecond", decimal(result.nodesPerSecond()))
            .put("peakThreads", result.peakThreads())
            .put("walk", traffic(result.walked()))
            .put("then", traffic(result.followed()))
            .put("steps", steps())
            .put("failures", failures())
            .put("conditions", conditions());
    result
        .networkStatistics()
        .ifPresent(
            network ->
                line.put(
                    "network",
                    Attributes.builder()
                        .put("received", network.received())
                        .put("lost", network.lost())
                        .put("duplicated", network.duplicated())
                        .put("late", network.late())
                        .put("rebound", network.rebound())
                        .build()));
    return new String(
        ContentCodec.writeAttributes(Serialization.JSON, line.build()), StandardCharsets.UTF_8);
  }

  private AttributeValue steps() {
    List<AttributeValue> steps = new ArrayList<>();
    result
        .latencies()
        .forEach(
            (step, histogram) -> {
              Attributes.Builder row =
                  Attributes.builder().put("step", step).put("count", histogram.getTotalCount());
              for (double percentile : PERCENTILES) {
                String name = ("p" + percentile).replaceAll("\\.0$|\\.", "") + "Ms";
                row.put(
                    name, decimal(histogram.getValueAtPercentile(percentile) / MICROS_PER_MILLI));
              }
              row.put("maxMs", decimal(histogram.getMaxValue() / MICROS_PER_MILLI));
              steps.add(new AttributeValue.Members(row.build()));
            });
    return new AttributeValue.Items(steps);
  }

  private AttributeValue failures() {
    List<AttributeValue> causes = new ArrayList<>();
    result
        .failures()
        .forEach(
            (cause, number) ->
                causes.add(
                    new AttributeValue.Members(
                        Attributes.builder().put("cause", cause).put("count", number).build())));
    return new AttributeValue.Items(causes);
  }

  private Attributes conditions() {
    NetworkConditions network = settings.network();
    return Attributes.builder()
        .put("loss", decimal(network.loss()))
        .put("duplicate", decimal(network.duplicate()))
        .put("reorder", decimal(network.reorder()))
        .put("natRebind", decimal(network.rebind()))
        .put("rttMs", network.rtt().toMillis())
        .put("jitterMs", network.jitter().toMillis())
        .put("mtu", network.mtu())
        .put("seed", settings.seed())
        .build();
  }

  private static Attributes traffic(TrafficMeter.Reading reading) {
    return Attributes.builder()
        .put("handshakes", reading.handshakes())
        .put("datagrams", reading.datagrams())
        .put("bytes", reading.bytes())
        .build();
  }

  /** A line of names and one for each node; times in milliseconds, empty where there is none. */
  String csv() {
    List<String> steps = FleetResult.ORDER.subList(0, FleetResult.ORDER.indexOf(FleetResult.WALK));
    StringBuilder table = new StringBuilder("node,kpmId,started,registered,walk,failures");
    steps.forEach(step -> table.append(',').append(step));
    table.append('\n');
    for (NodeRecord node : result.nodes()) {
      Map<String, Duration> took = node.steps();
      table
          .append(node.number())
          .append(',')
          .append(node.kpmId())
          .append(',')
          .append(millis(node.started()))
          .append(',')
          .append(node.registration().map(Report::millis).orElse(""))
          .append(',')
          .append(node.walk().map(Report::millis).orElse(""))
          .append(',')
          .append(node.failures())
          .append(',')
          .append(
              steps.stream()
                  .map(step -> took.containsKey(step) ? millis(took.get(step)) : "")
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    return table.toString();
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toNanos() / 1e6);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /** Three digits behind the point are more than any of the figures is good for. */
  private static AttributeValue decimal(double number) {
    return new AttributeValue.Decimal(Math.round(number * 1_000) / 1_000.0);
  }

  private static void print(PrintWriter out, String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
  }
}
