// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.peer.LocalApplication;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.peer.RawCoap;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;

/** Nodes move between two providers, or are asked to enrol: real processes on both sides. */
@Timeout(180)
class ProviderChangeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String NEXT = "next.example.org";
  private static final List<String> IMPATIENT =
      List.of("--backoff-first", "100ms", "--backoff-max", "500ms");

  private static TestBed bed;
  private static TestBed nextBed;
  private static InServer server;
  private static InServer next;

  @BeforeAll
  static void start(@TempDir Path folder) {
    bed = TestBed.in(folder.resolve("sp"));
    nextBed = TestBed.in(folder.resolve("next"));
    server = bed.startServer();
    next = nextBed.startServer(new InServer.Settings(List.of(), List.of("--sp-fqdn", NEXT)));
  }

  @AfterAll
  static void stop() {
    for (TestBed each : new TestBed[] {bed, nextBed}) {
      if (each != null) {
        each.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aNodeIsMovedByACommandAndTakesItsApplicationsAlong(boolean killed) throws Exception {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    TestBed.Enrolee there = nextBed.addEnrolee(next, "direct");
    AsnNode node = bed.startNode(enrolee, server.ports().coaps(), List.of(), IMPATIENT);
    node.awaitRegistered(PATIENCE);
    registerDemo(node, enrolee);

    assertThat(move(bed.vaultOf(enrolee), there)).isZero();
    if (killed) {
      node.await(PATIENCE, "the move", line -> line.text("event").equals(Optional.of("moving")));
      node.kill();
      // With the options of its first start, as a service manager would.
      node = bed.startNode(enrolee, server.ports().coaps(), List.of(), IMPATIENT);
    }
    Attributes left =
        node.await(PATIENCE, "the leave", line -> line.text("event").equals(Optional.of("left")));

    assertThat(left.text("registrar")).contains("//sp.example.org/id-in");
    assertThat(keysOf(server, enrolee)).isEmpty();
    assertThat(registerAgain(node, there)).isEqualTo(4117);
    assertThat(bed.vaultOf(enrolee)).isDirectoryNotContaining(file -> isLeftOver(file));
    node.close();

    node = bed.startNode(enrolee, server.ports().coaps(), List.of(), IMPATIENT);
    assertThat(node.awaitRegistered(PATIENCE).text("cseId")).contains(there.csi());
    node.close();
  }

  @Test
  void aNodeOnDemandEnrolsWhenAnApplicationAsksForTheProvider() {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    List<String> options = new ArrayList<>(IMPATIENT);
    options.add("--on-demand");
    AsnNode node = bed.startNode(enrolee, server.ports().coaps(), List.of(), options);
    String mefBase = "coaps://127.0.0.1:" + server.ports().coaps() + "/_/mef.sp.example.org/-";

    try (LocalApplication application = new LocalApplication(node.awaitMcaPort())) {
      OneM2mMessages messages = new OneM2mMessages("Cmeter", "ask");
      RawCoap answer =
          application.exchange(
              messages.notify("-", "{\"m2m:tgr\":{\"tpe\":4,\"tia\":\"" + mefBase + "\"}}"));

      assertThat(OneM2mMessages.statusOf(answer)).hasValue(2000);
    }
    node.awaitRegistered(PATIENCE);
    node.close();
  }

  @Test
  void aRequestForAProviderThatTheNodeHasNoCredentialForIsRefusedWithARemedy() {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    AsnNode node = bed.startNode(enrolee, server.ports().coaps(), List.of(), IMPATIENT);
    node.awaitRegistered(PATIENCE);

    try (LocalApplication application = new LocalApplication(node.awaitMcaPort())) {
      RawCoap answer =
          application.exchange(
              new OneM2mMessages("Cmeter", "ask")
                  .notify(
                      "-",
                      "{\"m2m:tgr\":{\"tpe\":4,"
                          + "\"tia\":\"coaps://127.0.0.1:1/_/mef.elsewhere.org/-\"}}"));

      assertThat(OneM2mMessages.statusOf(answer)).hasValue(4107);
      assertThat(answer.payloadText()).contains("asn-client move");
    }
    node.close();
  }

  private static int move(Path vault, TestBed.Enrolee there) throws Exception {
    Path file = nextBed.folder().resolve("move.factory");
    List<String> arguments = new ArrayList<>(List.of("move", "--vault", vault.toString()));
    arguments.addAll(List.of("--mef", "coaps://127.0.0.1:" + next.ports().coaps()));
    arguments.addAll(AsnNode.withKpm(file, there.kpmId(), there.kpm()));
    int exit = Commands.run(bed.jars().asnClient(), PATIENCE, arguments).exitCode();
    Files.delete(file);
    return exit;
  }

  private static void registerDemo(AsnNode node, TestBed.Enrolee enrolee) {
    try (LocalApplication application = new LocalApplication(node.awaitMcaPort())) {
      application.succeed(
          new OneM2mMessages("Cdemo", "reg")
              .create("-", 2, "{\"m2m:ae\":{\"api\":\"Ndemo\",\"rr\":false,\"srv\":[\"3\"]}}"),
          "m2m:ae");
    }
  }

  private static int registerAgain(AsnNode node, TestBed.Enrolee there) {
    try (LocalApplication application = new LocalApplication(node.awaitMcaPort())) {
      OneM2mMessages messages = new OneM2mMessages("Cdemo", "again");
      Attributes base = application.succeed(messages.retrieve("-"), "m2m:cb");
      assertThat(base.text("csi")).contains(there.csi());
      RawCoap answer =
          application.exchange(
              messages.create(
                  "-", 2, "{\"m2m:ae\":{\"api\":\"Ndemo\",\"rr\":false,\"srv\":[\"3\"]}}"));
      return OneM2mMessages.statusOf(answer).orElseThrow();
    }
  }

  /** What the node still holds at a provider, besides its factory key. */
  private static List<String> keysOf(InServer asked, TestBed.Enrolee enrolee) {
    return asked.admin().showEnrolee(enrolee.kpmId()).get("keys").stream()
        .flatMap(keys -> ((AttributeValue.Items) keys).values().stream())
        .map(key -> ((AttributeValue.Members) key).attributes().text("kind").orElseThrow())
        .filter(kind -> !kind.equals("kpm"))
        .toList();
  }

  private static boolean isLeftOver(Path file) {
    String name = file.getFileName().toString();
    return name.equals("former.bin") || name.equals("successor.bin");
  }
}
