// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.peer.LocalApplication;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.InServer;

/** A node whose subscription ended and was extended is registered again, nobody touching it. */
@Timeout(300)
class SubscriptionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final List<String> QUICK =
      List.of(
          "--dtls-timeout",
          "300ms",
          "--backoff-first",
          "200ms",
          "--backoff-max",
          "1s",
          "--ack-timeout",
          "500ms");

  private TestBed bed;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    bed = TestBed.in(folder);
  }

  @AfterEach
  void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"maf", "direct"})
  void aNodeComesBackOnceItsSubscriptionIsExtended(String path) throws SQLException {
    InServer server = bed.startServer();
    TestBed.Enrolee enrolee = bed.addEnrolee(server, path);
    try (AsnNode node = bed.startNode(enrolee, server.ports().coaps(), List.of(), QUICK)) {
      Attributes before = node.awaitRegistered(PATIENCE);

      server.admin().endEnrolee(enrolee.kpmId());
      askThrough(node);
      node.await(PATIENCE, "bootstrapping that fails", SubscriptionTest::isRefusedAtTheMef);
      assertThat(server.admin().showEnrolee(enrolee.kpmId()).text("status")).contains("ended");

      server.admin().extendEnrolee(enrolee.kpmId(), Instant.now().plus(Duration.ofDays(30)));
      Attributes again =
          node.await(
              PATIENCE,
              "the next registration",
              line ->
                  line.text("event").equals(Optional.of("registered"))
                      && !line.text("keId").equals(before.text("keId")));

      assertThat(again.text("cseId")).contains(enrolee.csi());
      try (ServerStore store = ServerStore.open(bed.data())) {
        assertThat(store.remoteCses(enrolee.csi())).isEqualTo(1);
      }
    }
  }

  /** An idle node does not notice: an application's request, answered or not, has it find out. */
  private static void askThrough(AsnNode node) {
    OneM2mMessages messages = new OneM2mMessages("Cdemo", "ask");
    try (LocalApplication application = new LocalApplication(node.awaitMcaPort())) {
      application.succeed(
          messages.create("-", 2, "{\"m2m:ae\":{\"api\":\"Ndemo\",\"rr\":false,\"srv\":[\"3\"]}}"),
          "m2m:ae");
      var unused = application.exchange(messages.retrieve("~/id-in/-"));
    }
  }

  private static boolean isRefusedAtTheMef(Attributes line) {
    return line.text("event").equals(Optional.of("failed"))
        && line.text("waitingFor").filter(goal -> goal.startsWith("bootstrap")).isPresent();
  }
}
