// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mooring.interop.crash.Kill.Moment;
import org.mooring.interop.crash.Kill.Victim;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;

/** Kills as planned, and checks after each. */
public final class CrashRun {
  private static final InServer.Settings SERVER =
      new InServer.Settings(
          List.of(),
          List.of(
              "--ke-lifetime", "120s",
              "--km-lifetime", "45s",
              "--kc-lifetime", "15s",
              "--ack-timeout", "500ms",
              "--dtls-timeout", "500ms"));
  private static final long POLL_MILLIS = 20;
  private static final int KEYS_TRIED = 4;

  private final CrashSettings settings;
  private final Path data;
  private final Path vaults;
  private final Jars jars;
  private final Consumer<String> progress;
  private final Ledger ledger;
  private final KnownKeys keys = new KnownKeys();
  private final Recoveries recoveries = new Recoveries();
  private final LedgerCheck check;
  private final Map<Victim, Map<String, Integer>> during = new EnumMap<>(Victim.class);
  private final Random dice;
  private int checkedTo;

  /**
   * @param folder empty; takes the server's data and the nodes' vaults
   * @param progress told a line now and then
   */
  public CrashRun(CrashSettings settings, Path folder, Jars jars, Consumer<String> progress) {
    this.settings = settings;
    this.data = folder.resolve("data");
    this.vaults = folder.resolve("vaults");
    this.jars = jars;
    this.progress = progress;
    this.ledger = new Ledger(settings.seed(), progress);
    this.check = new LedgerCheck(ledger);
    this.dice = new Random(settings.seed());
  }

  /** Runs to the end, whatever is found on the way. */
  public CrashResult run() throws InterruptedException, SQLException {
    long begun = System.nanoTime();
    InServer server = InServer.startToComeBack(jars, data, SERVER);
    try (Population population =
        new Population(settings, vaults, jars, server.coapsAddress(), ledger, keys)) {
      Operator operator = new Operator(server.admin(), ledger, settings.seed());
      population.start(operator);
      awaitAll(population.lasting());
      try (Turnover turnover = Turnover.start(operator, population, settings.seed())) {
        for (Kill kill : Kill.plan(settings.serverKills(), settings.nodeKills(), settings.seed())) {
          bringTo(kill, population.process(kill.slot()));
          pause(kill.after());
          server = perform(kill, server, population);
          afterwards(kill, server, population);
        }
      }
      population.calm();
      population.all().forEach(node -> node.answers().restart(System.nanoTime()));
      awaitAll(population.all());
      FinalCheck last = new FinalCheck(settings, jars, data, ledger, check, keys);
      FinalCheck.Counts counts = last.run(server, population, operator);
      return new CrashResult(
          settings,
          Map.copyOf(during),
          check.checked(),
          recoveries.times(),
          counts,
          ledger.violations(),
          Duration.ofNanos(System.nanoTime() - begun));
    } finally {
      server.close();
    }
  }

  /** Has the node that is to be hit begin what it is to be hit at. */
  private void bringTo(Kill kill, ProcessNode node) throws InterruptedException {
    if (!kill.victim().hitsNode() || kill.moment() == Moment.ANY) {
      return;
    }
    node.close();
    if (kill.forgets()) {
      node.forget();
    }
    node.start();
    if (kill.moment() == Moment.WALK) {
      node.awaitOpen();
    }
  }

  private InServer perform(Kill kill, InServer server, Population population)
      throws InterruptedException {
    ledger.killBegins(kill.number());
    ProcessNode node = population.process(kill.slot());
    if (kill.victim().hitsServer()) {
      count(kill.victim(), population.activities());
    }
    boolean nodeFirst = kill.slot() % 2 == 0;
    if (kill.victim().hitsNode() && nodeFirst) {
      killNode(kill.victim(), node);
    }
    if (kill.victim().hitsServer()) {
      server.kill();
    }
    if (kill.victim().hitsNode() && !nodeFirst) {
      killNode(kill.victim(), node);
    }
    if (!kill.victim().hitsServer()) {
      recoveries.begin(kill.victim(), System.nanoTime(), List.of(node));
      node.start();
      return server;
    }
    pause(kill.down());
    if (kill.victim().hitsNode() && nodeFirst) {
      node.start();
    }
    long restarted = System.nanoTime();
    InServer again = server.restart(jars, SERVER);
    recoveries.begin(kill.victim(), restarted, population.lasting());
    if (kill.victim().hitsNode() && !nodeFirst) {
      node.start();
    }
    return again;
  }

  private void killNode(Victim victim, ProcessNode node) {
    String activity = node.kill();
    if (victim == Victim.NODE) {
      count(Victim.NODE, Map.of(activity, 1));
    }
  }

  /** Counts kills, not nodes: in how many of them some node was doing this. */
  private void count(Victim victim, Map<String, Integer> activities) {
    Map<String, Integer> counts = during.computeIfAbsent(victim, v -> new TreeMap<>());
    counts.merge("kills", 1, Integer::sum);
    activities.keySet().forEach(activity -> counts.merge(activity, 1, Integer::sum));
  }

  private void afterwards(Kill kill, InServer server, Population population)
      throws InterruptedException, SQLException {
    if (kill.settles()) {
      awaitAll(population.lasting());
    }
    try (StoreView store = StoreView.open(data)) {
      List<Acknowledged> fresh = ledger.from(checkedTo);
      checkedTo += fresh.size();
      check.check(store, fresh);
      if (kill.settles()) {
        tryDeadKeys(store, server, population);
      }
    }
    progress.accept(
        "kill %d, %s: %d acknowledged, %d violations"
            .formatted(kill.number(), kill.victim().text(), checkedTo, ledger.violations().size()));
  }

  private void tryDeadKeys(StoreView store, InServer server, Population population)
      throws SQLException {
    List<KnownKeys.Known> dead = FinalCheck.dead(store, keys, dice);
    KeyProbe probe = new KeyProbe(population.endpoints(), server.coapsAddress());
    FinalCheck.tryDead(store, probe, dead.subList(0, Math.min(KEYS_TRIED, dead.size())), ledger);
  }

  private void awaitAll(List<LoadNode> nodes) throws InterruptedException {
    long deadline = System.nanoTime() + settings.patience().toNanos();
    List<LoadNode> missing = missing(nodes);
    while (!missing.isEmpty() && System.nanoTime() < deadline) {
      pause(Duration.ofMillis(POLL_MILLIS));
      missing = missing(nodes);
    }
    for (LoadNode node : missing) {
      ledger.violation(
          "%s did not come back in %s: %s, %s"
              .formatted(
                  node.owner().cseId(),
                  settings.patience(),
                  Activity.of(node.state()),
                  node.state().trouble().map(Object::toString).orElse("no trouble")));
    }
  }

  private static List<LoadNode> missing(List<LoadNode> nodes) {
    return nodes.stream().filter(node -> node.answers().first().isEmpty()).toList();
  }

  private void pause(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    do {
      recoveries.look();
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } while (System.nanoTime() < end);
  }
}
