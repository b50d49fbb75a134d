// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.interop.peer.LocalApplication;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.peer.PeerFailedException;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.InServer;
import org.mooring.interop.relay.DatagramRelay;
import org.mooring.interop.relay.Interceptor;
import org.mooring.interop.relay.RelayedDatagram;
import org.mooring.interop.relay.RelayedDatagram.Kind;
import org.mooring.interop.walk.KillPoint.Moment;

/**
 * Either side is killed before each request of the walk arrives and after each answer did, and
 * started again: the node ends registered, its enrolee never touched.
 */
@Timeout(120)
class KillTest {
  private static final int REQUESTS_OF_THE_WALK = 5;
  private static final int HANDSHAKES_OF_THE_WALK = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> IMPATIENT =
      List.of(
          "--ack-timeout", "300ms",
          "--dtls-timeout", "400ms",
          "--backoff-first", "100ms",
          "--backoff-max", "500ms");

  private static TestBed bed;
  private static InServer server;

  private enum Victim {
    SERVER,
    CLIENT
  }

  @BeforeAll
  static void start(@TempDir Path folder) {
    bed = TestBed.in(folder);
    server = bed.startServer();
  }

  @AfterAll
  static void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  /** Without {@code --long} each exchange and moment with one of the two victims, by the seed. */
  static Stream<Arguments> exchanges() {
    return points(REQUESTS_OF_THE_WALK, Moment.BEFORE_REQUEST, Moment.AFTER_ANSWER)
        .filter(point -> Boolean.getBoolean("mooring.long") || isInSlice(point));
  }

  private static boolean isInSlice(Arguments point) {
    Object[] of = point.get();
    boolean isOneHalf = of[0] == Victim.SERVER ^ of[1] == Moment.BEFORE_REQUEST;
    return ((Integer) of[2] + (isOneHalf ? 1 : 0) + Long.getLong("mooring.seed", 0)) % 2 == 0;
  }

  static Stream<Arguments> handshakes() {
    return points(
        HANDSHAKES_OF_THE_WALK,
        Moment.BEFORE_CLIENT_HELLO,
        Moment.BEFORE_CLIENT_FINISHED,
        Moment.BEFORE_SERVER_FINISHED);
  }

  private static Stream<Arguments> points(int count, Moment... moments) {
    return Stream.of(Victim.values())
        .flatMap(
            victim ->
                Stream.iterate(1, n -> n <= count, n -> n + 1)
                    .flatMap(
                        n -> Stream.of(moments).map(moment -> Arguments.of(victim, moment, n))));
  }

  @Test
  void thePointsCoverTheWholeWalk() {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    RequestCounter counter = new RequestCounter();
    try (DatagramRelay relay = DatagramRelay.open(server.coapsAddress(), counter);
        AsnNode node = bed.startNode(enrolee, relay.port(), List.of(), List.of())) {
      node.awaitRegistered(PATIENCE);

      assertThat(counter.requests()).isEqualTo(REQUESTS_OF_THE_WALK);
      assertThat(relay.traffic().handshakes()).isEqualTo(HANDSHAKES_OF_THE_WALK);
    }
  }

  @ParameterizedTest(name = "{0} killed {1} {2}")
  @MethodSource("exchanges")
  void endsRegisteredAfterAnyExchange(Victim victim, Moment moment, int exchange)
      throws SQLException {
    assertEndsRegistered(victim, new KillPoint(moment, exchange));
  }

  @ParameterizedTest(name = "{0} killed {1} {2}")
  @MethodSource("handshakes")
  @EnabledIfSystemProperty(named = "mooring.long", matches = "true", disabledReason = "--long")
  void endsRegisteredAfterAnyHandshake(Victim victim, Moment moment, int handshake)
      throws SQLException {
    assertEndsRegistered(victim, new KillPoint(moment, handshake));
  }

  private static void assertEndsRegistered(Victim victim, KillPoint point) throws SQLException {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    try (DatagramRelay relay = DatagramRelay.open(server.coapsAddress(), point)) {
      AsnNode node = bed.startNode(enrolee, relay.port(), List.of(), IMPATIENT);
      point.reached().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();

      if (victim == Victim.CLIENT) {
        node.kill();
        point.goOn();
        node = bed.startNode(enrolee, relay.port(), List.of(), IMPATIENT);
      } else {
        server.kill();
        point.goOn();
        server = bed.restartServer(server, InServer.Settings.DEFAULT);
      }

      node.awaitRegistered(PATIENCE);
      assertTrafficPasses(node, enrolee);
      assertServerIsConsistent(enrolee);
      node.close();
    }
  }

  /** A container of a local application's comes to stand at the IN-CSE. */
  private static void assertTrafficPasses(AsnNode node, TestBed.Enrolee enrolee) {
    try (LocalApplication application = new LocalApplication(node.awaitMcaPort())) {
      OneM2mMessages anonymous = new OneM2mMessages("C", "app" + enrolee.csi());
      String aeId =
          application
              .succeed(
                  anonymous.create(
                      "-", 2, "{\"m2m:ae\":{\"api\":\"Nkill\",\"rr\":false,\"srv\":[\"3\"]}}"),
                  "m2m:ae")
              .text("aei")
              .orElseThrow();
      OneM2mMessages messages = anonymous.as(aeId);
      String remote = "~/id-in/-" + enrolee.csi();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .ignoreException(PeerFailedException.class)
          .until(
              () ->
                  application
                      .succeed(messages.create(remote, 3, "{\"m2m:cnt\":{}}"), "m2m:cnt")
                      .has("ri"));
    }
  }

  private static void assertServerIsConsistent(TestBed.Enrolee enrolee) throws SQLException {
    assertThat(server.admin().verifyAudit().flag("intact")).contains(true);
    try (ServerStore store = ServerStore.open(bed.data())) {
      assertThat(store.remoteCses(enrolee.csi())).isEqualTo(1);
      assertThat(store.isActive(enrolee.csi())).isTrue();
      assertThat(store.clientRegistrations(enrolee.csi())).isEqualTo(2);
      assertThat(store.splitGenerations()).isZero();
      assertThat(store.currentKinds(enrolee.csi())).contains("kc").contains("kpm");
    }
  }

  /** Counts what the relay sees of application data to the server. */
  private static final class RequestCounter implements Interceptor {
    private volatile int requests;

    @Override
    public CompletionStage<Fate> fateOf(RelayedDatagram datagram) {
      if (datagram.kind() == Kind.REQUEST) {
        requests = datagram.number();
      }
      return PASS;
    }

    int requests() {
      return requests;
    }
  }
}
