// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Pki;
import org.mooring.interop.process.RawKey;

/**
 * Nodes of every kind are killed at random instants, and once more while they change their
 * provider: each ends registered, without a hand on it. Twelve kills, or with {@code --long} two
 * hundred and ten; {@code -Dmooring.seed=N} draws other instants.
 */
@Timeout(300)
class EveryWayKillTest {
  private static final boolean LONG = Boolean.getBoolean("mooring.long");
  private static final long SEED = Long.getLong("mooring.seed", 7);
  private static final int NODES = LONG ? 7 : 1;
  private static final int KILLS = LONG ? 5 : 2;

  /** A cold node is registered after a second or two: kills fall on every step, and after. */
  private static final int LATEST_KILL_MILLIS = 2_500;

  private static final Duration COMMAND = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String MEF = "mef.sp.example.org";
  private static final List<String> IMPATIENT =
      List.of("--backoff-first", "100ms", "--backoff-max", "500ms");

  private static TestBed bed;
  private static TestBed nextBed;
  private static Pki pki;
  private static InServer server;
  private static InServer next;

  /** What the node comes with, and whether it moves on. */
  private enum Way {
    PSK,
    CERTIFICATE,
    RPK,
    GBA,
    PREPROVISIONED,
    PROVIDER_CHANGE
  }

  @BeforeAll
  static void start(@TempDir Path folder) {
    bed = TestBed.in(folder.resolve("sp"));
    nextBed = TestBed.in(folder.resolve("next"));
    pki = new Pki(bed.jars(), folder.resolve("pki"));
    pki.run("init");
    Path own = folder.resolve("functions");
    pki.run("issue", "--function", MEF, "--out", own.toString());
    List<String> options = new ArrayList<>(pki.serverSettings(own).options());
    options.addAll(InServer.Settings.WITH_UB.options());
    server = bed.startServer(new InServer.Settings(List.of(), options));
    next =
        nextBed.startServer(
            new InServer.Settings(List.of(), List.of("--sp-fqdn", "next.example.org")));
  }

  @AfterAll
  static void stop() {
    for (TestBed each : new TestBed[] {bed, nextBed}) {
      if (each != null) {
        each.close();
      }
    }
  }

  static Stream<Arguments> nodes() {
    return IntStream.rangeClosed(1, NODES)
        .boxed()
        .flatMap(number -> Stream.of(Way.values()).map(way -> Arguments.of(way, number)));
  }

  @ParameterizedTest(name = "{0}, node {1}")
  @MethodSource("nodes")
  void endsRegisteredAfterKillsAtAnyInstant(Way way, int number) throws InterruptedException {
    Random dice = new Random(SEED + 1_000L * way.ordinal() + number);
    String name = way.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + number;
    AsnNode.Settings settings =
        new AsnNode.Settings(
            bed.folder().resolve("vault-" + name),
            server.ports().coaps(),
            given(way, name),
            List.of(),
            IMPATIENT);
    String expected = "/" + name;
    if (way == Way.PROVIDER_CHANGE) {
      expected = orderMove(settings, name);
    }
    for (int kill = 0; kill < KILLS; kill++) {
      AsnNode node = AsnNode.start(bed.jars(), settings);
      // The instant is drawn, not waited for.
      TimeUnit.MILLISECONDS.sleep(dice.nextInt(LATEST_KILL_MILLIS));
      node.kill();
      node.close();
    }

    try (AsnNode node = AsnNode.start(bed.jars(), settings)) {
      Optional<String> cseId = Optional.of(expected);
      node.await(
          PATIENCE,
          "the registration as " + expected,
          line ->
              line.text("event").equals(Optional.of("registered"))
                  && line.text("cseId").equals(cseId));
    }
  }

  /** The options with what the factory put on a node of this kind. */
  private static List<String> given(Way way, String name) {
    Path file = bed.folder().resolve(name);
    return switch (way) {
      case PSK, PROVIDER_CHANGE -> fromFile("psk", name);
      case PREPROVISIONED -> fromFile("preprovisioned", name);
      case GBA -> {
        List<String> options = new ArrayList<>(fromFile("gba", name));
        options.addAll(AsnNode.withUb("coap", server.ports().ub()));
        yield options;
      }
      case CERTIFICATE -> {
        var unused = add("certificate", name);
        pki.run("issue", "--cse-id", "/" + name, "--out", file.toString());
        yield AsnNode.withCertificate(file, pki.certificate());
      }
      case RPK -> {
        RawKey key = RawKey.generate(file);
        var unused = add("rpk", name, "--public-key", key.publicKey().toString());
        yield key.options("--trust", pki.certificate().toString());
      }
    };
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

  /** Registers the node and tells it to move; gives the CSE-ID that it is to end with. */
  private static String orderMove(AsnNode.Settings settings, String name) {
    try (AsnNode node = AsnNode.start(bed.jars(), settings)) {
      var unused = node.awaitRegistered(PATIENCE);
    }
    TestBed.Enrolee there = nextBed.addEnrolee(next, "maf");
    Path file = nextBed.folder().resolve(name + ".factory");
    List<String> move = new ArrayList<>(List.of("move", "--vault", settings.vault().toString()));
    move.addAll(List.of("--mef", "coaps://127.0.0.1:" + next.ports().coaps()));
    move.addAll(AsnNode.withKpm(file, there.kpmId(), there.kpm()));
    assertThat(Commands.run(bed.jars().asnClient(), COMMAND, move).exitCode()).isZero();
    return there.csi();
  }
}
