// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.command.ClientCommand;
import org.mooring.common.command.CommandClass;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** What an operator types and what a node gets over DTLS, at one running server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeCommandsTest {
  private static final String NODE = "node@mef.sp.example.org";

  private final RunningServer server;
  private final CommandRun.Commands commands;
  private final NodeClient node;
  private SecureEndpoint mef;
  private String address;

  NodeCommandsTest(@TempDir Path dataDir) {
    server = givenServer(dataDir).withEnrolee("node").withEnrolee("silent").started();
    commands = CommandRun.on(dataDir);
    node = server.node("node");
  }

  @BeforeAll
  void register() {
    mef = node.atMef();
    String id = attributes(node.register(mef, MEF)).text("ri").orElseThrow();
    address = TrustResourceNames.commandsOf(MEF, id);
  }

  @AfterAll
  void tearDown() {
    node.close();
    server.close();
  }

  private CommandRun command(String verb, String... arguments) {
    return commands.run(
        Stream.concat(Stream.of("enrolee", "command", verb), Arrays.stream(arguments))
            .toArray(String[]::new));
  }

  private String added(String... arguments) {
    CommandRun run =
        command(
            "add",
            Stream.concat(Stream.of(NODE, "--json"), Arrays.stream(arguments))
                .toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return json(run).text("command").orElseThrow();
  }

  private static Attributes json(CommandRun run) {
    return ContentCodec.readAttributes(
        Serialization.JSON, run.out().getBytes(StandardCharsets.UTF_8));
  }

  private ClientCommand retrieved() {
    return command(send(mef, request(Operation.RETRIEVE, address).build()));
  }

  private ClientCommand reported(String id, CommandStatus status) {
    Attributes report = Attributes.builder().put("cid", id).put("csc", status.code()).build();
    return command(
        send(
            mef,
            request(Operation.UPDATE, address)
                .content(Representation.of("sec:mefcc", report))
                .build()));
  }

  private static ClientCommand command(ResponsePrimitive answer) {
    assertThat(answer.status().isSuccess()).as(answer.toString()).isTrue();
    return ClientCommand.from(attributes(answer)).orElseThrow();
  }

  @Test
  void aNodeTakesCommandsOfEachClassAndTheOperatorSeesWhatBecameOfThem() {
    List<String> added =
        List.of(
            added("--class", "cert-prov", "--protocol", "est", "--uri", "coaps://" + MEF + "/est"),
            added("--class", "dev-cfg", "--protocol", "lwm2m", "--uri", "coaps://" + MEF + "/dm"),
            added(
                "--class",
                "mo-node",
                "--object-path",
                "registration/authenticationProfile",
                "--object-type",
                "authenticationProfile",
                "--suid",
                "32"));
    assertThat(attributes(node.register(mef, MEF)).has("ch")).isTrue();

    ClientCommand certificate = retrieved();
    assertThat(certificate.id()).isEqualTo(added.get(0));
    assertThat(retrieved().status()).isEqualTo(CommandStatus.REISSUED);
    ClientCommand device = reported(certificate.id(), CommandStatus.CERT_PROV_SERVER_ERROR);
    assertThat(device.description().commandClass()).contains(CommandClass.DEV_CFG);
    ClientCommand object = reported(device.id(), CommandStatus.CLASS_NOT_SUPPORTED);
    assertThat(object.description().commandClass()).contains(CommandClass.MO_NODE);
    assertThat(reported(object.id(), CommandStatus.OK).description().commandClass())
        .contains(CommandClass.NO_MORE_COMMANDS);

    CommandRun list = command("list", NODE);
    assertThat(list.exitCode()).isZero();
    assertThat(list.out().lines().filter(line -> added.contains(line.split(" ", 2)[0])))
        .satisfiesExactly(
            line -> assertThat(line).contains("CERT_PROV", "reported", "CERT_PROV_SERVER_ERROR"),
            line -> assertThat(line).contains("DEV_CFG", "reported", "CLASS_NOT_SUPPORTED"),
            line -> assertThat(line).contains("MO_NODE", "reported", "OK"));
    CommandRun good = command("watch", NODE, object.id());
    assertThat(good.exitCode()).as(good.err()).isZero();
    CommandRun bad = command("watch", NODE, device.id(), "--json");
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.out()).contains("\"code\":41");
    assertThat(bad.err()).contains("CLASS_NOT_SUPPORTED");
    for (AuditAction action :
        List.of(
            AuditAction.COMMAND_ADDED, AuditAction.COMMAND_ISSUED, AuditAction.COMMAND_REPORTED)) {
      assertThat(server.hasAudited(action, object.id())).as(action.name()).isTrue();
    }
  }

  @Test
  void aCommandIsWithdrawn() {
    String id =
        added("--class", "mo-node", "--object-path", "x", "--object-type", "MAFClientRegCfg");
    CommandRun waiting = command("watch", NODE, id, "--timeout", "1ms");
    assertThat(waiting.exitCode()).isEqualTo(1);
    assertThat(waiting.err()).contains("still queued");

    CommandRun cancelled = command("cancel", NODE, id, "--json");

    assertThat(cancelled.exitCode()).isZero();
    assertThat(json(cancelled).text("state")).contains("cancelled");
    assertThat(command("cancel", NODE, id).err()).contains("command: ");
    assertThat(command("cancel", NODE, "unknown").err()).contains("command: ");
    assertThat(command("watch", NODE, "unknown").err()).contains("command: ");
  }

  @Test
  void aNodeThatNeverCameIsToldApart() {
    CommandRun run =
        command(
            "add",
            "silent@mef.sp.example.org",
            "--class",
            "mo-node",
            "--object-path",
            "x",
            "--object-type",
            "trustAnchorCred");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("id: wait until the node is registered at the MEF");
    assertThat(command("list", "nobody@mef.sp.example.org").err()).contains("is not enrolled");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--class no-more-commands | 2 | class: ",
        "--class dance | 2 | class: ",
        "--class dev-cfg --object-path x | 2 | command: ",
        "--class dev-cfg --protocol est --uri coaps://mef.sp.example.org/ | 1 | protocol: ",
        "--class dev-cfg --protocol lwm2m --uri mef | 1 | uri: ",
        "--class dev-cfg --protocol lwm2m --uri coaps://elsewhere.org/ | 1 | uri: ",
        "--class cert-prov --protocol est --uri coaps://mef.sp.example.org/ --subject-type ae"
            + " | 1 | subject: ",
        "--class mo-node --object-type MAFClientRegCfg | 1 | objectPath: ",
        "--class mo-node --object-path x --object-type y | 1 | objectType: ",
        "--class mo-node --object-path x --object-type authenticationProfile | 1 | suid: ",
        "--class mo-node --object-path x --object-type trustAnchorCred --suid 21 | 1 | suid: ",
        "--class mo-node --object-path x --object-type authenticationProfile --suid 99 | 1 | suid: ",
        "--class mo-node --object-path x --object-type trustAnchorCred --expires 2020-01-01"
            + " | 1 | expires: ",
      })
  void namesTheFieldThatIsWrong(String arguments, int exitCode, String message) {
    CommandRun run =
        command(
            "add",
            Stream.concat(Stream.of(NODE), Arrays.stream(arguments.split(" ")))
                .toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.err()).contains("in-server: " + message);
  }

  @Test
  void helpExplainsTheFourClasses() {
    assertThat(command("add", "--help").out())
        .contains("cert-prov:", "dev-cfg:", "mo-node:", "NO_MORE_COMMANDS");
  }
}
