// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.fleetwide;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mooring.interop.bench.Text;
import org.mooring.interop.peer.Programs;

/**
 * What lives on a Java process's heap after a full collection.
 *
 * @param bytes octets by class
 * @param instances objects by class
 */
record ServerHeap(Map<String, Long> bytes, Map<String, Long> instances) {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** {@code 1: 120 4096 java.lang.String (java.base@17)}. */
  private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

  /** Collects all garbage, then counts what is left. */
  static ServerHeap of(long pid) {
    jcmd(pid, "GC.run");
    // Cleaners and weak references let go of more after the first collection.
    jcmd(pid, "GC.run");
    return parse(jcmd(pid, "GC.class_histogram"));
  }

  static ServerHeap parse(String histogram) {
    Map<String, Long> bytes = new HashMap<>();
    Map<String, Long> instances = new HashMap<>();
    for (String line : histogram.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        instances.merge(row.group(3), Long.valueOf(row.group(1)), Long::sum);
        bytes.merge(row.group(3), Long.valueOf(row.group(2)), Long::sum);
      }
    }
    return new ServerHeap(bytes, instances);
  }

  private static String jcmd(long pid, String command) {
    String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Programs.Outcome outcome = Programs.run(LIMIT, List.of(program, Long.toString(pid), command));
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException("jcmd " + command + ": " + outcome.errors().strip());
    }
    return outcome.output();
  }

  long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The classes that grew most since an earlier count, for each node. */
  List<String> growth(ServerHeap earlier, int nodes, int most) {
    return bytes.entrySet().stream()
        .map(
            entry ->
                Map.entry(
                    entry.getKey(),
                    entry.getValue() - earlier.bytes.getOrDefault(entry.getKey(), 0L)))
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .map(
            entry ->
                Text.format(
                    "%s: %.0f bytes in %.2f objects for each node",
                    entry.getKey(),
                    entry.getValue() / (double) nodes,
                    (instances.getOrDefault(entry.getKey(), 0L)
                            - earlier.instances.getOrDefault(entry.getKey(), 0L))
                        / (double) nodes))
        .toList();
  }
}
