// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.mooring.interop.crash.Acknowledged.Kind;

/** What was acknowledged, what was asked for, and what proved to be wrong; from any thread. */
final class Ledger {
  private final long seed;
  private final List<Acknowledged> entries = new ArrayList<>();
  private final Set<String> revocationsAsked = new HashSet<>();
  private final List<String> violations = new ArrayList<>();
  private final Consumer<String> alarm;
  private int kills;

  /**
   * @param seed of the run, named in each violation
   * @param alarm hears of a violation at once
   */
  Ledger(long seed, Consumer<String> alarm) {
    this.seed = seed;
    this.alarm = alarm;
  }

  /** The next kill is about to happen. */
  synchronized void killBegins(int number) {
    kills = number;
  }

  void acknowledged(Kind kind, String id, Enrolled owner, Instant until) {
    acknowledged(kind, id, owner, "", until);
  }

  synchronized void acknowledged(
      Kind kind, String id, Enrolled owner, String resourceId, Instant until) {
    entries.add(new Acknowledged(kind, id, owner, resourceId, until, kills));
  }

  /** The entries from an index on. */
  synchronized List<Acknowledged> from(int index) {
    return List.copyOf(entries.subList(index, entries.size()));
  }

  /** An operator asks to revoke an enrolee or a key: it may be gone from now on. */
  synchronized void revocationAsked(String identity) {
    revocationsAsked.add(identity);
  }

  synchronized boolean mayBeRevoked(String identity) {
    return revocationsAsked.contains(identity);
  }

  /** Something acknowledged is not there, or something is there that may not be. */
  synchronized void violation(String what) {
    String violation = "seed %d, after kill %d: %s".formatted(seed, kills, what);
    violations.add(violation);
    alarm.accept(violation);
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }
}
