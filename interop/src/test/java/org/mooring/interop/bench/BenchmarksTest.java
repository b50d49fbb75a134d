// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.process.Jars;
import picocli.CommandLine;

/** The benchmarks with so few nodes that only their working is tested. */
class BenchmarksTest {
  @TempDir private Path folder;

  @BeforeEach
  void requireJars() {
    Assumptions.assumeTrue(
        Jars.ofThisProject().areBuilt(), "the jars are not built: run mvn verify");
  }

  @Test
  void theFloorIsMeasuredOnBothPaths() throws Exception {
    Attributes result = run("floor", "--nodes=4", "--warm-up=1", "--concurrent=2");

    assertThat(items(result, "rounds"))
        .extracting(round -> round.text("subject").orElseThrow())
        .containsExactly(
            "Mooring maf", "bare Californium maf", "Mooring direct", "bare Californium direct");
    assertThat(items(result, "ratios")).hasSize(4);
    assertThat(result.members("settings").orElseThrow().text("octets maf").orElseThrow())
        .as("three handshakes")
        .matches("[^;]+;[^;]+;[^;]+");
  }

  @Test
  void thePeerIsMeasuredInTurns() throws Exception {
    Attributes result = run("peer", "--nodes=4", "--warm-up=1", "--concurrent=2");

    assertThat(items(result, "rounds"))
        .extracting(round -> round.text("subject").orElseThrow())
        .containsExactly("Mooring direct", "Leshan", "Mooring maf");
    assertThat(items(result, "ratios")).hasSize(4);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void handshakesAreComparedByTheProviderOfTheirCurves() throws Exception {
    Attributes result =
        run("curves", "--handshakes=4", "--warm-up=2", "--nodes=3", "--concurrent=2");

    assertThat(items(result, "rounds"))
        .extracting(round -> round.text("subject").orElseThrow())
        .containsExactly("native", "jdk");
    assertThat(items(result, "ratios")).hasSize(2);
    Attributes settings = result.members("settings").orElseThrow();
    assertThat(settings.text("native")).isNotEmpty().isNotEqualTo(settings.text("jdk"));
  }

  @Test
  void theCostOfAnEnrolmentIsComparedBetweenStoresOfSeveralSizes() throws Exception {
    Attributes result =
        run("scale", "--sizes=2,9", "--walks=3", "--stock=" + folder.resolve("stock"));

    assertThat(items(result, "rounds"))
        .extracting(round -> round.text("subject").orElseThrow())
        .containsExactly(
            "maf, 2 enrolees", "maf, 9 enrolees", "direct, 2 enrolees", "direct, 9 enrolees");
    assertThat(items(result, "rounds")).allMatch(round -> has(round, "serverCpuMsPerEnrolment"));
    assertThat(items(result, "ratios")).hasSize(6);
  }

  @Test
  void theHeapOfNodesThatVanishedInSilenceIsCounted() throws Exception {
    Attributes result = run("idle", "--nodes=6", "--batch=4", "--settle=0");

    Attributes round = items(result, "rounds").get(0);
    assertThat(value(round, "sessions")).isGreaterThanOrEqualTo(6);
    assertThat(has(round, "heapKiBPerNode")).isTrue();
    assertThat(result.get("notes").orElseThrow().toString()).contains("objects for each node");
  }

  @Test
  void everyNodeOfAStormIsRegistered() throws Exception {
    Attributes round = items(run("storm", "--nodes=12"), "rounds").get(0);

    assertThat(value(round, "registered")).isEqualTo(12);
    assertThat(has(round, "p99Seconds")).isTrue();
    assertThat(value(round, "peak.mostQueuedWrites")).isPositive();
  }

  @Test
  void noNodeShakesHandsForANewPort() throws Exception {
    Attributes round =
        items(run("lossy", "--nodes=3", "--loss=0.03", "--rebinds=1"), "rounds").get(0);

    assertThat(value(round, "registered")).isEqualTo(3);
    assertThat(value(round, "rebinds")).isEqualTo(3);
    assertThat(value(round, "allAnswered")).isEqualTo(1);
    assertThat(value(round, "handshakesOnTheWire")).isZero();
    assertThat(value(round, "handshakesAtTheServer")).isZero();
  }

  private static boolean has(Attributes round, String name) {
    return round.has(name);
  }

  private static double value(Attributes round, String name) {
    return ((AttributeValue.Decimal) round.get(name).orElseThrow()).value();
  }

  @Test
  void theClientIsMeasuredBesideLeshans() throws Exception {
    Attributes result = run("client", "--plain");

    assertThat(items(result, "rounds"))
        .extracting(round -> round.text("subject").orElseThrow())
        .containsExactly("Leshan, JDK", "maf, JDK", "direct, JDK");
    assertThat(items(result, "rounds"))
        .allSatisfy(
            round ->
                assertThat(round.names())
                    .contains("startMs", "reconnectMs", "peakMiB", "threads", "jarMiB"));
  }

  @Test
  void singlePartsAreMeasuredUnderJmh() throws Exception {
    Attributes result = run("jmh", "--quick", "--only=KeyLadder");

    assertThat(items(result, "rounds"))
        .extracting(round -> round.text("subject").orElseThrow())
        .containsExactly("KeyLadder.split", "KeyLadder.usageConstrained");
    assertThat(items(result, "rounds"))
        .allSatisfy(round -> assertThat(round.names()).contains("ns/op", "B/op"));
  }

  @Test
  void theWireIsCountedByTheSameRelayForAll() throws Exception {
    Attributes result = run("wire");

    assertThat(items(result, "figures").stream().filter(BenchmarksTest::isHandshakes).toList())
        .extracting(figure -> figure.text("subject").orElseThrow(), BenchmarksTest::median)
        .containsExactly(
            tuple("Mooring maf: enrolment and registration", 3.0),
            tuple("Mooring: back by connection id", 0.0),
            tuple("Mooring: back by restart", 1.0),
            tuple("Mooring: back by resumption", 1.0),
            tuple("Mooring direct: enrolment and registration", 2.0),
            tuple("Leshan: bootstrap and registration", 2.0));
  }

  private static boolean isHandshakes(Attributes figure) {
    return figure.text("figure").equals(Optional.of("handshakes"));
  }

  private static double median(Attributes figure) {
    return value(figure, "median");
  }

  private Attributes run(String name, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(name, "--rounds=1", "--jvm=-Xmx256m"));
    arguments.addAll(List.of(options));
    arguments.add("--results=" + folder);
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line = Bench.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(errors));

    int exitCode = line.execute(arguments.toArray(String[]::new));

    assertThat(exitCode).as("%s", errors).isZero();
    assertThat(out.toString()).contains("medians");
    assertThat(folder.resolve(name + ".svg")).content().startsWith("<svg ").endsWith("</svg>\n");
    return ContentCodec.readAttributes(
        Serialization.JSON, Files.readAllBytes(folder.resolve(name + ".json")));
  }

  private static List<Attributes> items(Attributes result, String name) {
    return ((AttributeValue.Items) result.get(name).orElseThrow())
        .values().stream().map(item -> ((AttributeValue.Members) item).attributes()).toList();
  }
}
