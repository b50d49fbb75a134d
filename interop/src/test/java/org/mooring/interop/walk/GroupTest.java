// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;

/** A production line with one secret and one list, and a node that was given a QR code's text. */
@Timeout(300)
class GroupTest {
  private static final Duration PATIENCE = Duration.ofSeconds(200);
  private static final int DEVICES = 10;

  /** Many nodes start at once on few processors. */
  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m");

  @TempDir private Path folder;
  private TestBed bed;
  private InServer server;

  @BeforeEach
  void start() {
    bed = TestBed.in(folder);
    server = bed.startServer();
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  private Attributes operator(String... arguments) {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addAll(List.of("--data", bed.data().toString(), "--json"));
    return Commands.json(bed.jars().inServer(), PATIENCE, command);
  }

  @Test
  void allDevicesOfAListRegisterWithKeysThatWereDerivedWithoutTheServer() throws IOException {
    StringBuilder list = new StringBuilder("deviceId\n");
    for (int i = 0; i < DEVICES; i++) {
      list.append("SN-").append(i).append('\n');
    }
    Path devices = Files.writeString(folder.resolve("devices.csv"), list);
    Path key = folder.resolve("group.key");
    Attributes added =
        operator(
            "group",
            "add",
            "line-1",
            "--claim-limit",
            Integer.toString(DEVICES),
            "--expires",
            "1d",
            "--devices",
            devices.toString());
    Files.writeString(key, added.text("groupKey").orElseThrow());
    Path factory = folder.resolve("factory");

    assertThat(
            Commands.run(
                    bed.jars().inServer(),
                    PATIENCE,
                    List.of(
                        "group",
                        "derive",
                        "line-1",
                        devices.toString(),
                        "--group-key",
                        "file:" + key,
                        "--factory-files",
                        factory.toString()))
                .exitCode())
        .isZero();
    List<AsnNode> nodes = new ArrayList<>();
    for (int i = 0; i < DEVICES; i++) {
      nodes.add(
          bed.startNode(
              new AsnNode.Settings(
                  folder.resolve("vault-" + i),
                  server.ports().coaps(),
                  AsnNode.withFactoryFile(factory.resolve("SN-" + i + ".json")),
                  SMALL,
                  List.of())));
    }

    List<Optional<String>> cseIds = new ArrayList<>();
    for (AsnNode node : nodes) {
      cseIds.add(node.awaitRegistered(PATIENCE).text("cseId"));
    }
    assertThat(cseIds).doesNotHaveDuplicates();
    Attributes shown = operator("group", "show", "line-1");
    assertThat(shown.whole("claims")).hasValue(DEVICES);
    assertThat(shown.text("status")).contains("full");
    assertThat(operator("enrolee", "show", "line-1.SN-3@mef.sp.example.org").text("device"))
        .contains("SN-3");
  }

  @Test
  void theTextOfAQrCodeIsAllThatANodeNeeds() throws IOException {
    Attributes added =
        operator(
            "enrolee", "add", "--qr", "--qr-mef", "coaps://127.0.0.1:" + server.ports().coaps());
    Path text =
        Files.writeString(folder.resolve("qr.txt"), added.text("factoryText").orElseThrow() + "\n");

    assertThat(
            Commands.run(
                    bed.jars().asnClient(),
                    PATIENCE,
                    List.of(
                        "enrol",
                        "--vault",
                        folder.resolve("vault").toString(),
                        "--factory-text",
                        "file:" + text))
                .exitCode())
        .isZero();
    assertThat(
            Commands.json(
                    bed.jars().asnClient(),
                    PATIENCE,
                    List.of("status", "--vault", folder.resolve("vault").toString(), "--json"))
                .text("cseId"))
        .isEqualTo(added.text("csi"));
  }
}
