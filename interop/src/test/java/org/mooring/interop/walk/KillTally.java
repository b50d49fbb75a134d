// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;

/** Counts kills by the kind of the node and the step before, and the nodes that came back. */
final class KillTally {
  private final long seed;
  private final Map<String, Map<String, Long>> kills = new TreeMap<>();
  private long registered;

  KillTally(long seed) {
    this.seed = seed;
  }

  synchronized void killed(String way, String after) {
    kills.computeIfAbsent(way, unused -> new TreeMap<>()).merge(after, 1L, Long::sum);
  }

  synchronized void endedRegistered() {
    registered++;
  }

  synchronized void print(PrintStream out) {
    out.println("kills by kind and step before: " + kills + ", ended registered: " + registered);
  }

  /** Writes {@code every-way-kills.json}. */
  synchronized void write(Path folder) throws IOException {
    Attributes.Builder ways = Attributes.builder();
    kills.forEach((way, counts) -> ways.put(way, members(counts)));
    Attributes content =
        Attributes.builder()
            .put("seed", seed)
            .put("kills", kills.values().stream().mapToLong(KillTally::sum).sum())
            .put("nodesEndedRegistered", registered)
            .put("killsByKindAndStepBefore", ways.build())
            .build();
    String json =
        new String(
            ContentCodec.writeAttributes(Serialization.JSON, content), StandardCharsets.UTF_8);
    Files.writeString(folder.resolve("every-way-kills.json"), json + "\n");
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Attributes members(Map<String, Long> counts) {
    Attributes.Builder members = Attributes.builder();
    counts.forEach(members::put);
    return members.build();
  }
}
