// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.InServer;

/** No key of a run stands in anything that the two programs wrote, with every logger at TRACE. */
@Timeout(120)
class SecretsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The client caps Californium's loggers; the test lifts that too. */
  private static final List<String> TRACE_IN_THE_NODE =
      List.of(
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
          "-Dorg.slf4j.simpleLogger.log.org.eclipse.californium=trace");

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="ERR" class="ch.qos.logback.core.ConsoleAppender">
          <target>System.err</target>
          <encoder><pattern>%d %-5level %logger{20} %msg%n</pattern></encoder>
        </appender>
        <root level="TRACE"><appender-ref ref="ERR"/></root>
      </configuration>
      """;

  private TestBed bed;

  @AfterEach
  void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  @Test
  void theSearchFindsAKeyInEachForm() {
    SecretKeyBytes key = SecretKeyBytes.random();
    KeyForms.of(key.toByteArray())
        .forEach(
            (form, octets) ->
                assertThat(findings(Map.of("log", octets), Map.of("Kc", key)))
                    .as(form)
                    .isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"maf", "direct"})
  void noKeyLeavesItsPlace(String path, @TempDir Path folder) throws IOException {
    bed = TestBed.in(folder);
    Path logback = Files.writeString(folder.resolve("logback.xml"), LOGBACK);
    InServer server =
        bed.startServer(
            new InServer.Settings(List.of("-Dlogback.configurationFile=" + logback), List.of()));
    TestBed.Enrolee enrolee = bed.addEnrolee(server, path);
    AsnNode node = bed.startNode(enrolee, server.ports().coaps(), TRACE_IN_THE_NODE, List.of());
    node.awaitRegistered(PATIENCE);
    Map<String, byte[]> written = snapshot(folder);
    node.close();
    written.putAll(prefixed("after the node's stop: ", snapshot(folder)));
    Map<String, SecretKeyBytes> keys = keysOf(enrolee);
    server.close();
    written.putAll(prefixed("after the server's stop: ", snapshot(folder)));
    written.put("the server's output", textOf(server.process().lines()));
    written.put("the node's output", textOf(node.process().lines()));

    assertThat(new String(written.get("data.log"), StandardCharsets.UTF_8))
        .as("the server logged at TRACE")
        .contains("TRACE");
    assertThat(node.process().errors()).as("the node logged at TRACE").contains("TRACE");
    assertThat(written.keySet()).anyMatch(name -> name.endsWith("mooring.db-wal"));
    assertThat(findings(written, keys)).isEmpty();
  }

  /** All keys of the walk, from the node's vault and by derivation. */
  private Map<String, SecretKeyBytes> keysOf(TestBed.Enrolee enrolee) {
    NodeState state = FileVault.in(bed.vaultOf(enrolee)).read().orElseThrow();
    ClientConfiguration configuration = state.configuration().orElseThrow();
    SecretKeyBytes ke = state.key(Rung.ENROLMENT).orElseThrow().key();
    Map<String, SecretKeyBytes> keys = new LinkedHashMap<>();
    keys.put("Kpm", state.bootstrap().secret().orElseThrow());
    keys.put("Ke", ke);
    keys.put(
        "Km", KeyLadder.usageConstrained(ke, KeyUsage.PROVISIONED_FOR_MAF, configuration.maf()));
    keys.put(
        "Kpsa",
        KeyLadder.usageConstrained(
            ke, KeyUsage.PROVISIONED_FOR_ASSOCIATION, configuration.registrarFqdn()));
    state.key(Rung.ASSOCIATION).ifPresent(held -> keys.put("Kc", held.key()));
    return keys;
  }

  private static List<String> findings(
      Map<String, byte[]> written, Map<String, SecretKeyBytes> keys) {
    return keys.entrySet().stream()
        .flatMap(
            key ->
                KeyForms.of(key.getValue().toByteArray()).entrySet().stream()
                    .flatMap(
                        form ->
                            written.entrySet().stream()
                                .filter(file -> KeyForms.contains(file.getValue(), form.getValue()))
                                .map(
                                    file ->
                                        key.getKey()
                                            + " as "
                                            + form.getKey()
                                            + " in "
                                            + file.getKey())))
        .toList();
  }

  private static byte[] textOf(List<String> lines) {
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> prefixed(String prefix, Map<String, byte[]> files) {
    Map<String, byte[]> renamed = new TreeMap<>();
    files.forEach((name, content) -> renamed.put(prefix + name, content));
    return renamed;
  }

  /** Every file but the factory file, in which the test itself wrote Kpm. */
  private static Map<String, byte[]> snapshot(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".factory")) {
          files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }
}
