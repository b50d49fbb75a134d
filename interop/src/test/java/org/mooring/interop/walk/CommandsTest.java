// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.peer.Programs;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;
import org.mooring.interop.relay.DatagramRelay;
import org.mooring.interop.walk.KillPoint.Moment;

/** An operator gives a running node commands through the MEF, and sees what becomes of them. */
@Timeout(120)
class CommandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SOON = "2s";
  private static final int RETRIEVAL = 2;
  private static final int AUDITED = 1000;
  private static final String RENEW_KC =
      "--class mo-node --object-path registration/authenticationProfile"
          + " --object-type authenticationProfile --suid 32";

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
  void aNodeCarriesCommandsOutAndTheOperatorWatches() {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    try (AsnNode node = start(enrolee, server.ports().coaps(), "--mef-poll", SOON)) {
      String kcId = node.awaitRegistered(PATIENCE).text("kcId").orElseThrow();
      String renewal = add(enrolee, RENEW_KC);
      String device =
          add(enrolee, "--class dev-cfg --protocol lwm2m --uri coaps://mef.sp.example.org/dm");

      Programs.Outcome watched = command("watch", enrolee.kpmId(), renewal);
      assertThat(watched.exitCode()).as(watched.errors()).isZero();
      assertThat(watched.output()).contains("MO_NODE", "reported", "OK");
      Programs.Outcome refused = command("watch", enrolee.kpmId(), device);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.errors()).contains("CLASS_NOT_SUPPORTED");

      awaitReport(node, renewal, "OK");
      awaitReport(node, device, "CLASS_NOT_SUPPORTED");
      Attributes again =
          node.await(
              PATIENCE,
              "the registration under the new Kc",
              line ->
                  line.text("event").equals(Optional.of("registered"))
                      && !line.text("kcId").equals(Optional.of(kcId)));
      assertThat(again.text("keId")).isPresent();
      assertThat(server.admin().verifyAudit().flag("intact")).contains(true);
    }
  }

  /** The node's first exchange is with its registrar, the second retrieves the command. */
  @Test
  void aNodeThatIsKilledBeforeTheCommandArrivesIsIssuedItAgain() {
    TestBed.Enrolee enrolee = registeredOnce();
    String command = add(enrolee, RENEW_KC);

    endsWell(enrolee, command, Moment.BEFORE_ANSWER);

    assertThat(of(enrolee, command).whole("deliveries")).hasValue(2);
    assertThat(audited("COMMAND_ISSUED", command)).containsExactly("ISSUED", "REISSUED");
    assertThat(audited("COMMAND_REPORTED", command)).containsExactly("OK");
  }

  /** It may have the command in its vault, and then does not ask for it again. */
  @Test
  void aNodeThatIsKilledWhileItCarriesACommandOutTakesItUpAgain() {
    TestBed.Enrolee enrolee = registeredOnce();
    String command = add(enrolee, RENEW_KC);

    endsWell(enrolee, command, Moment.AFTER_ANSWER);

    assertThat(of(enrolee, command).whole("deliveries").orElseThrow()).isBetween(1L, 2L);
    assertThat(audited("COMMAND_REPORTED", command)).containsExactly("OK");
  }

  private static TestBed.Enrolee registeredOnce() {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    try (AsnNode node = start(enrolee, server.ports().coaps())) {
      node.awaitRegistered(PATIENCE);
    }
    return enrolee;
  }

  private static void endsWell(TestBed.Enrolee enrolee, String command, Moment moment) {
    KillPoint point = new KillPoint(moment, RETRIEVAL);
    try (DatagramRelay relay = DatagramRelay.open(server.coapsAddress(), point)) {
      AsnNode unlucky = start(enrolee, relay.port(), "--mef-poll", SOON);
      point.reached().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      Attributes issued = of(enrolee, command);
      assertThat(issued.text("state")).contains("issued");
      assertThat(issued.text("status")).contains("ISSUED");
      unlucky.kill();
      point.goOn();

      try (AsnNode again = start(enrolee, relay.port(), "--mef-poll", SOON)) {
        Programs.Outcome watched = command("watch", enrolee.kpmId(), command);
        assertThat(watched.exitCode()).as(watched.errors()).isZero();
        awaitReport(again, command, "OK");
      }
    }
  }

  private static AsnNode start(TestBed.Enrolee enrolee, int port, String... options) {
    return bed.startNode(enrolee, port, List.of(), List.of(options));
  }

  private static void awaitReport(AsnNode node, String command, String status) {
    Attributes line =
        node.await(
            PATIENCE,
            "the report on " + command,
            event -> event.text("command").equals(Optional.of(command)));
    assertThat(line.text("status")).contains(status);
  }

  private static String add(TestBed.Enrolee enrolee, String options) {
    List<String> arguments = arguments("add", enrolee.kpmId(), "--json");
    arguments.addAll(List.of(options.split(" ")));
    return Commands.json(bed.jars().inServer(), PATIENCE, arguments).text("command").orElseThrow();
  }

  private static Programs.Outcome command(String verb, String... rest) {
    return Commands.run(bed.jars().inServer(), PATIENCE, arguments(verb, rest));
  }

  private static List<String> arguments(String verb, String... rest) {
    List<String> arguments = new ArrayList<>(List.of("enrolee", "command", verb));
    arguments.addAll(List.of("--data", bed.data().toString()));
    arguments.addAll(List.of(rest));
    return arguments;
  }

  /** The command as the operator sees it. */
  private static Attributes of(TestBed.Enrolee enrolee, String command) {
    return server.admin().commands(enrolee.kpmId()).stream()
        .filter(known -> known.text("command").equals(Optional.of(command)))
        .findFirst()
        .orElseThrow();
  }

  /** The statuses with which the audit log tells of a command, oldest first. */
  private static List<String> audited(String action, String command) {
    return server.admin().audit(AUDITED).stream()
        .filter(entry -> entry.text("action").equals(Optional.of(action)))
        .filter(entry -> entry.text("subject").equals(Optional.of(command)))
        .map(entry -> entry.members("detail").orElseThrow().text("status").orElseThrow())
        .toList();
  }
}
