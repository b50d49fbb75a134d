// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.mooring.interop.crash.Kill.Victim;

/**
 * How long it took from a restart until every node had an answer to a request sent after it. A
 * restart before that makes the earlier one count no longer.
 */
final class Recoveries {
  private final Map<Victim, List<Duration>> times = new EnumMap<>(Victim.class);
  private final List<Open> open = new ArrayList<>();

  private record Open(Victim victim, long restarted, List<? extends LoadNode> nodes) {}

  /**
   * Something was started again.
   *
   * @param restarted when, by {@code System.nanoTime}
   * @param nodes those that have to come back
   */
  void begin(Victim victim, long restarted, List<? extends LoadNode> nodes) {
    open.removeIf(
        earlier -> victim.hitsServer() || earlier.nodes().stream().anyMatch(nodes::contains));
    nodes.forEach(node -> node.answers().restart(restarted));
    open.add(new Open(victim, restarted, List.copyOf(nodes)));
  }

  /** Closes those whose nodes are all back. */
  void look() {
    for (Iterator<Open> each = open.iterator(); each.hasNext(); ) {
      Open recovery = each.next();
      List<OptionalLong> answers =
          recovery.nodes().stream().map(node -> node.answers().first()).toList();
      if (answers.stream().allMatch(OptionalLong::isPresent)) {
        long last = answers.stream().mapToLong(OptionalLong::orElseThrow).max().orElseThrow();
        times
            .computeIfAbsent(recovery.victim(), v -> new ArrayList<>())
            .add(Duration.ofNanos(last - recovery.restarted()));
        each.remove();
      }
    }
  }

  /** Whether all are closed. */
  boolean isQuiet() {
    return open.isEmpty();
  }

  Map<Victim, List<Duration>> times() {
    return Map.copyOf(times);
  }
}
