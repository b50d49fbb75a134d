// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What the nodes of a fleet report, from any thread. */
final class Measurements {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final int MOST_CAUSES = 200;
  private static final String OTHER_CAUSES = "other causes";

  /** What differs between failures of one cause: request identifiers and other long hex. */
  private static final Pattern INCIDENTAL = Pattern.compile("rqi=\\S+|[0-9A-Fa-f]{12,}|\\d{5,}");

  private final Map<String, ConcurrentHistogram> latencies = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

  /** Records how long a step took that ended well. */
  void took(String step, Duration time) {
    latencies
        .computeIfAbsent(step, s -> new ConcurrentHistogram(SIGNIFICANT_DIGITS))
        .recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(time.toNanos())));
  }

  /**
   * Counts a failure.
   *
   * @param what was tried
   */
  void failed(String what, String reason) {
    String cause = what + ": " + INCIDENTAL.matcher(reason).replaceAll("…");
    boolean known = failures.containsKey(cause) || failures.size() < MOST_CAUSES;
    failures.computeIfAbsent(known ? cause : OTHER_CAUSES, c -> new LongAdder()).increment();
  }

  /** Failures of one thing that was tried, whatever the cause. */
  long failuresOf(String what) {
    return failures.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(what + ": "))
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }

  /** The histograms in microseconds by step, in the order of the given steps, then the others. */
  Map<String, Histogram> latencies(Iterable<String> order) {
    Map<String, Histogram> sorted = new LinkedHashMap<>();
    for (String step : order) {
      ConcurrentHistogram histogram = latencies.get(step);
      if (histogram != null) {
        sorted.put(step, histogram.copy());
      }
    }
    new ConcurrentSkipListMap<>(latencies)
        .forEach((step, histogram) -> sorted.putIfAbsent(step, histogram.copy()));
    return sorted;
  }

  /** How often each cause was met, the most frequent first. */
  Map<String, Long> failures() {
    Map<String, Long> sorted = new LinkedHashMap<>();
    failures.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue().sum()))
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
