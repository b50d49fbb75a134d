// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;
import org.mooring.interop.relay.DatagramRelay;
import org.mooring.interop.relay.Interceptor;

/** Both jars as processes: a node with nothing but its factory key ends registered. */
@Timeout(120)
class WalkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<String> STEPS =
      Set.of("bootstrap", "authenticate", "associate", "register-cse");

  private static TestBed bed;
  private static InServer server;

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

  @Test
  void walksTheMafPath() throws SQLException {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    try (AsnNode node = bed.startNode(enrolee, server.ports().coaps(), List.of(), List.of())) {
      Attributes registered = node.awaitRegistered(PATIENCE);

      assertThat(stepsOf(node))
          .containsExactly("bootstrap", "authenticate", "associate", "register-cse");
      assertThat(registered.text("nodeId")).contains(enrolee.nodeId());
      assertThat(registered.text("cseId")).contains(enrolee.csi());
      assertThat(registered.text("keId").orElseThrow()).endsWith("@mef.sp.example.org");
      assertThat(registered.text("kmId").orElseThrow()).endsWith("@maf.sp.example.org");
      assertThat(registered.text("kcId").orElseThrow()).endsWith("@maf.sp.example.org");
      assertThat(remoteCses(enrolee)).isEqualTo(1);
    }
  }

  @Test
  void walksTheDirectPath() throws SQLException {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "direct");
    try (AsnNode node = bed.startNode(enrolee, server.ports().coaps(), List.of(), List.of())) {
      Attributes registered = node.awaitRegistered(PATIENCE);

      assertThat(stepsOf(node)).containsExactly("bootstrap", "register-cse");
      assertThat(registered.text("keId").orElseThrow()).endsWith("@mef.sp.example.org");
      assertThat(registered.get("kmId")).contains(AttributeValue.Nothing.NOTHING);
      assertThat(registered.get("kcId")).contains(AttributeValue.Nothing.NOTHING);
      assertThat(remoteCses(enrolee)).isEqualTo(1);
    }
  }

  @Test
  void walksFromAPreProvisionedKm() {
    assertThat(preProvisioned("maf")).containsExactly("authenticate", "associate", "register-cse");
  }

  @Test
  void walksFromAPreProvisionedKpsa() {
    assertThat(preProvisioned("direct")).containsExactly("register-cse");
  }

  /** The steps of a node that is given what the server's own command wrote. */
  private static List<String> preProvisioned(String path) {
    Path file = bed.folder().resolve(path + "-factory.json");
    Attributes added =
        Commands.json(
            bed.jars().inServer(),
            PATIENCE,
            List.of(
                "enrolee",
                "add",
                "--data",
                bed.data().toString(),
                "--method",
                "preprovisioned",
                "--path",
                path,
                "--factory-file",
                file.toString(),
                "--json"));
    AsnNode.Settings settings =
        new AsnNode.Settings(
            bed.folder().resolve(path + "-pre-provisioned"),
            server.ports().coaps(),
            AsnNode.withFactoryFile(file),
            List.of(),
            List.of());
    try (AsnNode node = bed.startNode(settings)) {
      Attributes registered = node.awaitRegistered(PATIENCE);
      assertThat(registered.text("cseId")).isEqualTo(added.text("csi"));
      assertThat(registered.get("keId")).contains(AttributeValue.Nothing.NOTHING);
      return stepsOf(node);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"maf", "direct"})
  void reportsTheTrafficThatPassedBetweenTheTwo(String path) {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, path);
    try (DatagramRelay relay = DatagramRelay.open(server.coapsAddress(), Interceptor.NONE);
        AsnNode node = bed.startNode(enrolee, relay.port(), List.of(), List.of())) {
      node.awaitRegistered(PATIENCE);
      TrafficMeter.Reading seen = relay.traffic();

      assertThat(sum(node, "handshakes"))
          .isEqualTo(seen.handshakes())
          .isEqualTo(path.equals("maf") ? 3 : 2);
      // The relay sees the closing alert of each session too, one datagram that follows a step.
      assertThat(sum(node, "datagrams"))
          .isBetween(seen.datagrams() - 2 * seen.handshakes(), seen.datagrams());
      assertThat(sum(node, "bytes")).isBetween(seen.bytes() * 9 / 10, seen.bytes());
    }
  }

  @Test
  void goesOnFromItsVaultAfterAnOrderlyStop() {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    try (AsnNode node = bed.startNode(enrolee, server.ports().coaps(), List.of(), List.of())) {
      node.awaitRegistered(PATIENCE);
    }
    try (AsnNode node = bed.startNode(enrolee, server.ports().coaps(), List.of(), List.of())) {
      node.awaitRegistered(PATIENCE);

      assertThat(stepsOf(node)).containsExactly("register-cse");
    }
  }

  @Test
  void tellsItsStateWhileItRuns() {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    try (AsnNode node = bed.startNode(enrolee, server.ports().coaps(), List.of(), List.of())) {
      node.awaitRegistered(PATIENCE);

      Attributes status =
          Commands.json(
              bed.jars().asnClient(),
              PATIENCE,
              List.of("status", "--vault", bed.vaultOf(enrolee).toString(), "--json"));
      assertThat(status.text("state")).contains("REGISTERED");
      assertThat(status.text("nodeId")).contains(enrolee.nodeId());
      assertThat(status.text("cseId")).contains(enrolee.csi());
    }
  }

  private static List<String> stepsOf(AsnNode node) {
    return node.events().stream()
        .flatMap(line -> line.text("step").stream())
        .filter(STEPS::contains)
        .toList();
  }

  private static long sum(AsnNode node, String member) {
    return node.events().stream()
        .filter(line -> line.text("step").filter(STEPS::contains).isPresent())
        .mapToLong(line -> line.whole(member).orElseThrow())
        .sum();
  }

  private static int remoteCses(TestBed.Enrolee enrolee) throws SQLException {
    try (ServerStore store = ServerStore.open(bed.data())) {
      return store.remoteCses(enrolee.csi());
    }
  }
}
