// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.bench.Machine;
import org.mooring.interop.crash.Acknowledged.Kind;
import org.mooring.interop.crash.Kill.Victim;

/** What a run saw. */
public final class CrashResult {
  private final CrashSettings settings;
  private final Map<Victim, Map<String, Integer>> during;
  private final Map<Kind, Integer> checked;
  private final Map<Victim, List<Duration>> recoveries;
  private final FinalCheck.Counts counts;
  private final List<String> violations;
  private final Duration duration;

  /**
   * @param during for each victim, in how many of its kills a node was doing what
   * @param checked how often entries of the ledger were checked, by kind
   * @param recoveries from restart to all nodes back
   * @param counts of the last check
   */
  CrashResult(
      CrashSettings settings,
      Map<Victim, Map<String, Integer>> during,
      Map<Kind, Integer> checked,
      Map<Victim, List<Duration>> recoveries,
      FinalCheck.Counts counts,
      List<String> violations,
      Duration duration) {
    this.settings = settings;
    this.during = during;
    this.checked = checked;
    this.recoveries = recoveries;
    this.counts = counts;
    this.violations = violations;
    this.duration = duration;
  }

  /** What was lost, bricked or left over; each names the seed and the kill before. */
  public List<String> violations() {
    return violations;
  }

  /** How many entries the ledger had. */
  public int acknowledged() {
    return counts.acknowledged();
  }

  /** How many keys were tried and found dead, over the wire. */
  public int deadHandshakes() {
    return counts.deadHandshakes();
  }

  /** How many kills hit the server. */
  public int serverKills() {
    return kills(Victim.SERVER) + kills(Victim.BOTH);
  }

  /** How many kills hit a node. */
  public int nodeKills() {
    return kills(Victim.NODE) + kills(Victim.BOTH);
  }

  private int kills(Victim victim) {
    return during.getOrDefault(victim, Map.of()).getOrDefault("kills", 0);
  }

  /** In words. */
  public void print(PrintWriter out) {
    line(
        out,
        "%d kills of the server and %d of nodes, %d of them at once, in %d s (seed %d)",
        serverKills(),
        nodeKills(),
        kills(Victim.BOTH),
        duration.toSeconds(),
        settings.seed());
    new TreeMap<>(during)
        .forEach(
            (victim, counted) -> {
              line(out, "%n%s: in how many of its kills a node was at", victim.text());
              counted.forEach((activity, count) -> line(out, "%14d  %s", count, activity));
            });
    line(out, "%n%d acknowledged; checks by kind:", counts.acknowledged());
    new TreeMap<>(checked).forEach((kind, count) -> line(out, "%14d  %s", count, kind.text()));
    line(
        out,
        "%n%d keys were ever held; %d dead ones opened no handshake, %d of others not retrieved",
        counts.keys(),
        counts.deadHandshakes(),
        counts.retrievals());
    new TreeMap<>(recoveries)
        .forEach(
            (victim, times) ->
                line(
                    out,
                    "%-8s from restart to all nodes back: median %.1f s, longest %.1f s (%d times)",
                    victim.text(),
                    seconds(median(times)),
                    seconds(longest(times)),
                    times.size()));
    line(out, "%n%d violations", violations.size());
    violations.forEach(violation -> line(out, "  %s", violation));
    out.flush();
  }

  /**
   * Writes {@code crash.json} into a folder, which is made.
   *
   * @throws IOException if it can not be written
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    byte[] json = ContentCodec.writeAttributes(Serialization.JSON, toAttributes());
    Files.writeString(
        folder.resolve("crash.json"), new String(json, StandardCharsets.UTF_8) + "\n");
  }

  private static Attributes machine() {
    Machine machine = Machine.read();
    return Attributes.builder()
        .put("processor", machine.processor())
        .put("cores", machine.cores())
        .put("memoryMiB", machine.memoryMiB())
        .put("system", machine.system())
        .put("java", machine.java())
        .build();
  }

  private Attributes toAttributes() {
    Attributes.Builder activities = Attributes.builder();
    new TreeMap<>(during)
        .forEach((victim, counted) -> activities.put(victim.text(), counts(counted)));
    Attributes.Builder times = Attributes.builder();
    new TreeMap<>(recoveries)
        .forEach(
            (victim, all) ->
                times.put(
                    victim.text(),
                    Attributes.builder()
                        .put("count", all.size())
                        .put("medianMs", median(all).toMillis())
                        .put("maxMs", longest(all).toMillis())
                        .build()));
    Attributes.Builder kinds = Attributes.builder();
    new TreeMap<>(checked).forEach((kind, count) -> kinds.put(kind.text(), count));
    return Attributes.builder()
        .put(
            "command",
            "interop/crash --server-kills %d --node-kills %d --seed %d"
                .formatted(settings.serverKills(), settings.nodeKills(), settings.seed()))
        .put("machine", machine())
        .put("seed", settings.seed())
        .put("serverKills", serverKills())
        .put("nodeKills", nodeKills())
        .put("bothAtOnce", kills(Victim.BOTH))
        .put("seconds", duration.toSeconds())
        .put("residentNodes", settings.residents())
        .put("processNodes", settings.processes())
        .put("killsDuring", activities.build())
        .put("acknowledged", counts.acknowledged())
        .put("checked", kinds.build())
        .put("keysEverHeld", counts.keys())
        .put("deadKeysTried", counts.deadHandshakes())
        .put("retrievalsTried", counts.retrievals())
        .put("auditEntries", counts.auditEntries())
        .put("recovery", times.build())
        .put("violations", violations)
        .build();
  }

  private static Attributes counts(Map<String, Integer> counted) {
    Attributes.Builder all = Attributes.builder();
    counted.forEach(all::put);
    return all.build();
  }

  private static Duration median(List<Duration> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private static Duration longest(List<Duration> times) {
    return times.stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static void line(PrintWriter out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
