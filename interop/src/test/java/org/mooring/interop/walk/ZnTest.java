// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.OpenSsl;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.Programs;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;

/**
 * Two providers with an agreement: the operator's server knows the USIMs and is their BSF, the
 * provider's enrols the nodes. All are processes, with certificates on both ends of Zn.
 */
@Timeout(180)
class ZnTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OPERATOR = "operator.example.org";
  private static final String BSF = "mef." + OPERATOR;
  private static final String MEF = "mef.sp.example.org";
  private static final String FUNCTIONS = MEF + ",maf.sp.example.org,id-in.sp.example.org";

  private static OpenSsl openssl;
  private static Path folder;
  private static TestBed operatorBed;
  private static TestBed bed;
  private static InServer operator;
  private static InServer provider;

  @BeforeAll
  static void start(@TempDir Path empty) throws IOException {
    folder = empty;
    operatorBed = TestBed.in(Files.createDirectory(empty.resolve("operator")));
    bed = TestBed.in(Files.createDirectory(empty.resolve("sp")));
    openssl = OpenSsl.in(empty);
    certify("operator", "localhost");
    certify("sp", "in.sp.example.org");
    operator = operatorBed.startServer(operatorSettings());
    provider = bed.startServer(providerSettings());
  }

  @AfterAll
  static void stop() {
    for (TestBed each : new TestBed[] {bed, operatorBed}) {
      if (each != null) {
        each.close();
      }
    }
  }

  private static InServer.Settings operatorSettings() {
    List<String> options =
        new ArrayList<>(List.of("--sp-fqdn", OPERATOR, "--ub-port", "0", "--zn-port", "0"));
    options.addAll(List.of("--zn-agreement", "in.sp.example.org=" + FUNCTIONS));
    options.addAll(tls("operator", "sp"));
    return new InServer.Settings(List.of(), options);
  }

  private static InServer.Settings providerSettings() {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--bsf", "https://localhost:" + operator.ports().zn()));
    options.addAll(List.of("--bsf-name", BSF));
    options.addAll(tls("sp", "operator"));
    return new InServer.Settings(List.of(), options);
  }

  /** A key and a certificate that signs itself, which the other end trusts as it is. */
  private static void certify(String name, String host) {
    Programs.Outcome made =
        openssl.run(
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=" + name,
            "-addext",
            "subjectAltName=DNS:" + host,
            "-keyout",
            file(name + ".key"),
            "-out",
            file(name + ".crt"));
    assertThat(made.exitCode()).as(made.errors()).isZero();
  }

  private static List<String> tls(String own, String other) {
    return List.of(
        "--zn-certificate",
        file(own + ".crt"),
        "--zn-key",
        file(own + ".key"),
        "--zn-trust",
        file(other + ".crt"));
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  @ParameterizedTest
  @CsvSource({"coap, maf", "http, direct"})
  void aNodeOfTheOperatorsRegistersWithTheProvider(String carrier, String path) {
    try (AsnNode node = bed.startNode(subscribed(carrier + "-" + path, carrier, path))) {
      Attributes registered = node.awaitRegistered(PATIENCE);

      String transaction = registered.text("keId").orElseThrow();
      assertThat(transaction).endsWith("@" + BSF);
      assertThat(audit(bed)).contains("NAF_KEY_RETRIEVED");
      assertThat(audit(operatorBed)).contains("NAF_KEY_HANDED_OVER");
    }
  }

  /** What was handed over is the provider's to use until it ends. */
  @Test
  void aNodeComesBackWhileTheOperatorIsAway() {
    AsnNode.Settings settings = subscribed("away", "coap", "direct");
    try (AsnNode node = bed.startNode(settings)) {
      node.awaitRegistered(PATIENCE);
    }
    operator.kill();
    provider.kill();
    provider = bed.restartServer(provider, providerSettings());

    try (AsnNode node = bed.startNode(settings)) {
      node.awaitRegistered(PATIENCE);
      assertThat(node.events())
          .noneMatch(line -> line.text("step").stream().anyMatch("bootstrap"::equals));
    }
    operator = operatorBed.startServer(operatorSettings());
    provider.kill();
    provider = bed.restartServer(provider, providerSettings());
  }

  /** HTTP/2 and TLS that are not ours. */
  @Test
  void curlIsAnsweredAsTheAgreementSays() {
    Path curl = Peers.require("curl", Programs.find("curl"));
    String transaction = "A".repeat(22) + "==@" + BSF;

    assertThat(ask(curl, transaction, MEF))
        .startsWith("HTTP/2 404")
        .containsPattern("(?i)content-type: application/problem\\+json")
        .contains("no such B-TID");
    assertThat(ask(curl, transaction, "mef.elsewhere.org"))
        .startsWith("HTTP/2 403")
        .contains("no agreement names this function");
  }

  private static String ask(Path curl, String transaction, String naf) {
    String body =
        "{\"btId\":\"%s\",\"nafId\":{\"nafFqdn\":\"%s\",\"uaSecProtId\":\"010001C0A8\"}}"
            .formatted(transaction, naf);
    List<String> command = new ArrayList<>(List.of(curl.toString(), "-s", "-i", "--http2"));
    command.addAll(List.of("--cacert", file("operator.crt")));
    command.addAll(List.of("--cert", file("sp.crt"), "--key", file("sp.key")));
    command.addAll(List.of("-H", "Content-Type: application/json", "-d", body));
    command.add(
        "https://localhost:%d/nbsp-gba/v1/bootstrapping-info-retrieval"
            .formatted(operator.ports().zn()));
    Programs.Outcome outcome = Programs.run(PATIENCE, command);
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
    return outcome.output();
  }

  /** A node with a USIM of the operator's, which the provider knows by its IMPI alone. */
  private static AsnNode.Settings subscribed(String name, String carrier, String path) {
    Attributes subscriber = added(operatorBed, List.of("--method", "gba"));
    String impi = subscriber.text("impi").orElseThrow();
    Attributes enrolee = added(bed, List.of("--impi", impi, "--bsf", BSF, "--path", path));
    assertThat(enrolee.names()).doesNotContain("usimK", "usimOpc");
    Path factory = folder.resolve(name + ".json");
    write(
        factory,
        Attributes.builder()
            .put("impi", impi)
            .put("usimK", subscriber.text("usimK").orElseThrow())
            .put("usimOpc", subscriber.text("usimOpc").orElseThrow())
            .put("mef", MEF)
            .build());
    List<String> options = new ArrayList<>(AsnNode.withFactoryFile(factory));
    options.addAll(AsnNode.withUb(carrier, operator.ports().ub()));
    options.addAll(List.of("--bsf", BSF));
    return new AsnNode.Settings(
        bed.folder().resolve("vault-" + name),
        provider.ports().coaps(),
        options,
        List.of(),
        List.of());
  }

  private static Attributes added(TestBed at, List<String> options) {
    List<String> arguments =
        new ArrayList<>(List.of("enrolee", "add", "--data", at.data().toString(), "--json"));
    arguments.addAll(options);
    return Commands.json(at.jars().inServer(), PATIENCE, arguments);
  }

  private static String audit(TestBed at) {
    return Commands.run(
            at.jars().inServer(),
            PATIENCE,
            List.of("audit", "list", "--data", at.data().toString()))
        .output();
  }

  private static void write(Path file, Attributes content) {
    try {
      Files.write(file, ContentCodec.writeAttributes(Serialization.JSON, content));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": can not be written", e);
    }
  }
}
