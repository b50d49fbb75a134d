// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;
import org.mooring.interop.process.Pki;
import org.mooring.interop.process.RawKey;

/**
 * Nodes of every kind are killed at random instants of their first walk and in the midst of
 * renewals, and one while it changes its provider: each ends registered, without a hand on it.
 * Sixteen kills, or with {@code --long} two hundred and forty; {@code -Dmooring.seed=N} draws other
 * instants.
 */
@Timeout(3600)
class EveryWayKillTest {
  private static final boolean LONG = Boolean.getBoolean("mooring.long");
  private static final long SEED = Long.getLong("mooring.seed", 7);
  private static final int NODES = LONG ? 6 : 1;
  private static final int KILLS = LONG ? 5 : 2;

  /** They start together: cold ones are registered after some seconds. */
  private static final int LATEST_KILL_MILLIS = 6_000;

  /** A whole renewal is a chain of as many steps; a kill falls within this time after one. */
  private static final int STEPS_OF_A_RENEWAL = 4;

  private static final int STEP_MILLIS = 120;

  private static final Duration COMMAND = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String MEF = "mef.sp.example.org";
  private static final String MAF = "maf.sp.example.org";
  private static final List<String> IMPATIENT =
      List.of("--backoff-first", "100ms", "--backoff-max", "500ms");

  /** So that something is renewed every few seconds. */
  private static final String[] SHORT_LIVES = {
    "--ke-lifetime",
    "14s",
    "--km-lifetime",
    "11s",
    "--kc-lifetime",
    "9s",
    "--certificate-lifetime",
    "20s"
  };

  private static final KillTally TALLY = new KillTally(SEED);

  private static TestBed bed;
  private static TestBed nextBed;
  private static Pki pki;
  private static InServer server;
  private static InServer next;

  /** What the node comes with, what it was issued since, and whether it moves on. */
  private enum Way {
    PSK,
    CERTIFICATE,
    ISSUED_CERTIFICATE,
    RPK,
    GBA,
    PREPROVISIONED,
    CERTIFICATE_WITHOUT_MEF,
    PROVIDER_CHANGE
  }

  @BeforeAll
  static void start(@TempDir Path folder) {
    bed = TestBed.in(folder.resolve("sp"));
    nextBed = TestBed.in(folder.resolve("next"));
    pki = new Pki(bed.jars(), folder.resolve("pki"));
    pki.run("init");
    Path own = folder.resolve("functions");
    pki.run("issue", "--function", MEF, "--function", MAF, "--out", own.toString());
    List<String> options = new ArrayList<>(pki.estServerSettings(own, SHORT_LIVES).options());
    options.addAll(InServer.Settings.WITH_UB.options());
    server = bed.startServer(new InServer.Settings(List.of(), options));
    next =
        nextBed.startServer(
            new InServer.Settings(List.of(), List.of("--sp-fqdn", "next.example.org")));
  }

  @AfterAll
  static void stop() throws IOException {
    for (TestBed each : new TestBed[] {bed, nextBed}) {
      if (each != null) {
        each.close();
      }
    }
    TALLY.print(System.out);
    if (LONG) {
      TALLY.write(Jars.ofThisProject().interop().resolve("results"));
    }
  }

  static IntStream nodes() {
    return IntStream.rangeClosed(1, NODES);
  }

  @ParameterizedTest(name = "node {0} of each kind")
  @MethodSource("nodes")
  void endRegisteredWhereverTheyAreKilled(int number) throws InterruptedException {
    ExecutorService lives = Executors.newFixedThreadPool(Way.values().length);
    try {
      List<Callable<Optional<Throwable>>> all = new ArrayList<>();
      for (Way way : Way.values()) {
        all.add(() -> live(way, number));
      }
      assertThat(lives.invokeAll(all)).allSatisfy(life -> assertThat(life.get()).isEmpty());
    } finally {
      lives.shutdownNow();
    }
  }

  /** Gives what went wrong, so that one node's trouble leaves the others theirs. */
  private static Optional<Throwable> live(Way way, int number) throws InterruptedException {
    String name = way.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + number;
    Random dice = new Random(SEED + 1_000L * way.ordinal() + number);
    try {
      AsnNode.Settings settings =
          new AsnNode.Settings(
              bed.folder().resolve("vault-" + name),
              server.ports().coaps(),
              given(way, name),
              List.of(),
              IMPATIENT);
      String expected = prepare(way, settings, name);
      for (int kill = 0; kill < KILLS; kill++) {
        if (kill == 0 || way == Way.PROVIDER_CHANGE) {
          killOnTheWay(way, settings, dice);
        } else {
          killInARenewal(way, settings, dice);
        }
      }
      try (AsnNode node = AsnNode.start(bed.jars(), settings)) {
        awaitRegistered(node, expected);
      }
      TALLY.endedRegistered();
      return Optional.empty();
    } catch (RuntimeException | AssertionError e) {
      return Optional.of(new AssertionError(name, e));
    }
  }

  private static void killOnTheWay(Way way, AsnNode.Settings settings, Random dice)
      throws InterruptedException {
    AsnNode node = AsnNode.start(bed.jars(), settings);
    // The instant is drawn, not waited for.
    TimeUnit.MILLISECONDS.sleep(dice.nextInt(LATEST_KILL_MILLIS));
    kill(way, node, "the start");
  }

  private static void killInARenewal(Way way, AsnNode.Settings settings, Random dice)
      throws InterruptedException {
    AsnNode node = AsnNode.start(bed.jars(), settings);
    int count = 1 + dice.nextInt(STEPS_OF_A_RENEWAL);
    List<String> steps =
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(10))
            .until(() -> renewalSteps(node), taken -> taken.size() >= count);
    TimeUnit.MILLISECONDS.sleep(dice.nextInt(STEP_MILLIS));
    kill(way, node, steps.get(count - 1));
  }

  private static void kill(Way way, AsnNode node, String after) {
    node.kill();
    node.close();
    TALLY.killed(way.name().toLowerCase(Locale.ROOT), after);
  }

  /** The steps since the node was registered. */
  private static List<String> renewalSteps(AsnNode node) {
    return node.events().stream()
        .dropWhile(line -> !line.text("event").equals(Optional.of("registered")))
        .flatMap(line -> line.text("step").stream())
        .filter(step -> !step.equals("mca"))
        .toList();
  }

  private static void awaitRegistered(AsnNode node, String cseId) {
    var unused =
        node.await(
            PATIENCE,
            "the registration as " + cseId,
            line ->
                line.text("event").equals(Optional.of("registered"))
                    && line.text("cseId").equals(Optional.of(cseId)));
  }

  /** What has to be done before the kills; gives the CSE-ID that the node is to end with. */
  private static String prepare(Way way, AsnNode.Settings settings, String name) {
    if (way != Way.PROVIDER_CHANGE && way != Way.ISSUED_CERTIFICATE) {
      return "/" + name;
    }
    try (AsnNode node = AsnNode.start(bed.jars(), settings)) {
      awaitRegistered(node, "/" + name);
    }
    if (way == Way.PROVIDER_CHANGE) {
      return orderMove(settings, name);
    }
    List<String> renew = List.of("certificate", "renew", "--vault", settings.vault().toString());
    assertThat(Commands.run(bed.jars().asnClient(), COMMAND, renew).exitCode()).isZero();
    return "/" + name;
  }

  /** The options with what the factory put on a node of this kind. */
  private static List<String> given(Way way, String name) {
    return switch (way) {
      case PSK, ISSUED_CERTIFICATE, PROVIDER_CHANGE -> fromFile("psk", name);
      case PREPROVISIONED -> fromFile("preprovisioned", name);
      case GBA -> {
        List<String> options = new ArrayList<>(fromFile("gba", name));
        options.addAll(AsnNode.withUb("coap", server.ports().ub()));
        yield options;
      }
      case CERTIFICATE -> {
        var unused = add("certificate", name);
        yield withCertificate(name);
      }
      case CERTIFICATE_WITHOUT_MEF -> {
        List<String> options = new ArrayList<>(fromFile("certificate", name));
        options.addAll(withCertificate(name));
        yield options;
      }
      case RPK -> {
        RawKey key = RawKey.generate(bed.folder().resolve(name));
        var unused = add("rpk", name, "--public-key", key.publicKey().toString());
        yield key.options("--trust", pki.certificate().toString());
      }
    };
  }

  private static List<String> withCertificate(String name) {
    Path file = bed.folder().resolve(name);
    pki.run("issue", "--cse-id", "/" + name, "--out", file.toString());
    return AsnNode.withCertificate(file, pki.certificate());
  }

  private static List<String> fromFile(String method, String name) {
    Path file = bed.folder().resolve(name + ".factory");
    var unused = add(method, name, "--factory-file", file.toString());
    return AsnNode.withFactoryFile(file);
  }

  private static Attributes add(String method, String name, String... more) {
    List<String> command =
        new ArrayList<>(List.of("enrolee", "add", "--data", bed.data().toString(), "--json"));
    command.addAll(List.of("--method", method, "--csi", "/" + name));
    command.addAll(List.of(more));
    return Commands.json(bed.jars().inServer(), COMMAND, command);
  }

  private static String orderMove(AsnNode.Settings settings, String name) {
    TestBed.Enrolee there = nextBed.addEnrolee(next, "maf");
    Path file = nextBed.folder().resolve(name + ".factory");
    List<String> move = new ArrayList<>(List.of("move", "--vault", settings.vault().toString()));
    move.addAll(List.of("--mef", "coaps://127.0.0.1:" + next.ports().coaps()));
    move.addAll(AsnNode.withKpm(file, there.kpmId(), there.kpm()));
    assertThat(Commands.run(bed.jars().asnClient(), COMMAND, move).exitCode()).isZero();
    return there.csi();
  }
}
