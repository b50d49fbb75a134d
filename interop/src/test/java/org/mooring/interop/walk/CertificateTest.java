// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.OpenSsl;
import org.mooring.interop.peer.DtlsPeer;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.peer.Programs;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Pki;
import org.mooring.interop.walk.ForeignNode.Answer;
import org.mooring.interop.walk.ForeignNode.Credential;
import org.mooring.interop.walk.ForeignNode.Exported;

/** A server with certificates of its own CA, and {@code openssl s_client} toward its MEF. */
abstract class CertificateTest {
  static final String MEF = "mef.sp.example.org";
  static final String MAF = "maf.sp.example.org";
  static final String CSE = "id-in.sp.example.org";
  static final int AUDITED = 500;
  static final Duration PATIENCE = Duration.ofSeconds(30);

  static OpenSsl openssl;
  static TestBed bed;
  static InServer server;

  /**
   * Starts the server.
   *
   * @param functions which its certificate names
   * @param more options of {@code serve}
   */
  static void start(Path folder, List<String> functions, String... more) {
    openssl = OpenSsl.in(folder);
    bed = TestBed.in(folder);
    pki("pki", "init");
    List<String> issue = new ArrayList<>(List.of("issue", "--out", file("functions")));
    functions.forEach(function -> issue.addAll(List.of("--function", function)));
    pki("pki", issue.toArray(String[]::new));
    InServer.Settings usual = ca("pki").serverSettings(Path.of(file("functions")));
    List<String> options = new ArrayList<>(usual.options());
    options.addAll(List.of(more));
    server = bed.startServer(new InServer.Settings(usual.jvm(), options));
  }

  @AfterAll
  static void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  static String file(String name) {
    return bed.folder().resolve(name).toString();
  }

  /** The CA in a folder. */
  static Pki ca(String name) {
    return new Pki(bed.jars(), bed.folder().resolve(name));
  }

  /** Runs {@code in-server pki} on the CA in a folder. */
  static void pki(String name, String... arguments) {
    ca(name).run(arguments);
  }

  static TestBed.Enrolee enrolee(String csi, String path, String certificate) {
    return enrolee(csi, path, Attributes.builder().put("certificate", certificate).build());
  }

  /** Adds a node with a device certificate. */
  static TestBed.Enrolee device(String csi, String deviceId) {
    return enrolee(
        csi,
        "direct",
        Attributes.builder().put("certificate", "device").put("deviceId", deviceId).build());
  }

  /**
   * Adds a node without a key in common.
   *
   * @param shown what it shows, as members of an order
   */
  static TestBed.Enrolee enrolee(String csi, String path, Attributes shown) {
    Attributes added =
        server.admin().addEnrolee(shown.toBuilder().put("csi", csi).put("path", path).build());
    String id = shown.has("publicKey") ? "publicKeyId" : "certificateId";
    return new TestBed.Enrolee(
        added.text(id).orElseThrow(), "", csi, added.text("nodeId").orElseThrow());
  }

  static Attributes order(String csi, String path, String certificate) {
    return Attributes.builder()
        .put("method", "certificate")
        .put("certificate", certificate)
        .put("csi", csi)
        .put("path", path)
        .build();
  }

  static OpenSslClient connect(String name) {
    return connect(name, MEF, ForeignNode.BOOTSTRAP);
  }

  static OpenSslClient connect(String name, String function, String label) {
    return connect(server, name, function, label);
  }

  static OpenSslClient connect(InServer toward, String name, String function, String label) {
    return OpenSslClient.connect(
        new OpenSslClient.CertificateSettings(
            toward.ports().coaps(),
            function,
            Path.of(file(name + ".crt")),
            Path.of(file(name + ".key")),
            Path.of(file("pki/ca.crt")),
            label));
  }

  /**
   * Enrols, and registers with what the peer exported: had the server other octets, no handshake
   * with a key derived from them would succeed.
   */
  static void walkTheDirectPath(DtlsPeer mef, OneM2mMessages trust, TestBed.Enrolee enrolee)
      throws GeneralSecurityException {
    Attributes configuration = bootstrap(mef, trust, enrolee);
    Exported ke = Exported.of(mef);
    Answer registered =
        ForeignNode.succeed(
            mef,
            ForeignNode.keyRegistration(trust, MEF, 22, configuration.text("rcsi").orElseThrow()),
            "sec:skr");
    assertThat(registered.attributes().text("ri"))
        .hasValueSatisfying(id -> assertThat(id).isEqualToIgnoringCase(ke.relativeId()));

    byte[] kpsa = ForeignNode.usageConstrained(ke.key(), "22", CSE);
    registerCse(enrolee, new Credential(ke.relativeId() + "@" + MEF, kpsa));
  }

  static Attributes bootstrap(DtlsPeer mef, OneM2mMessages trust, TestBed.Enrolee enrolee) {
    Attributes configuration =
        ForeignNode.succeed(
                mef, ForeignNode.clientRegistration(trust, MEF, 4, "sec:mefcr"), "sec:mefcr")
            .attributes()
            .members("ccfg")
            .orElseThrow();
    assertThat(configuration.text("csi")).contains(enrolee.csi());
    assertThat(configuration.text("ni")).contains(enrolee.nodeId());
    return configuration;
  }

  static void registerCse(TestBed.Enrolee enrolee, Credential association) {
    OneM2mMessages messages = new OneM2mMessages(enrolee.csi(), "certificate" + enrolee.csi());
    try (OpenSslClient cse =
        ForeignNode.connect(server.ports().coaps(), CSE, association, ForeignNode.CONNECTION)) {
      Answer registered =
          ForeignNode.succeed(
              cse, ForeignNode.cseRegistration(messages, "/id-in", enrolee.csi()), "m2m:csr");
      assertThat(registered.status()).isEqualTo(2001);
    }
  }

  /** Adds a node that has no CSE, with the AE-ID certificate of its application. */
  static void application(String aeId, String path) {
    Attributes added =
        server
            .admin()
            .addEnrolee(
                Attributes.builder()
                    .put("method", "certificate")
                    .put("aei", aeId)
                    .put("path", path)
                    .build());
    assertThat(added.text("aei")).contains(aeId);
  }

  static void registerAe(DtlsPeer cse, String stem) {
    OneM2mMessages messages = new OneM2mMessages(stem, "ae-" + stem);
    Answer registered =
        ForeignNode.succeed(
            cse,
            messages.create(
                "~/id-in/-", 2, "{\"m2m:ae\":{\"api\":\"Nx\",\"rr\":false,\"srv\":[\"3\"]}}"),
            "m2m:ae");
    assertThat(registered.status()).isEqualTo(2001);
    assertThat(registered.attributes().text("aei")).contains(stem);
  }

  /** Why handshakes failed, as the audit log has it. */
  static List<String> failures() {
    return server.admin().audit(AUDITED).stream()
        .filter(entry -> entry.text("action").equals(Optional.of("HANDSHAKE_FAILED")))
        .map(entry -> entry.members("detail").orElseThrow().text("reason").orElseThrow())
        .toList();
  }

  /** How many handshakes failed for a reason so far. */
  static long refusalsFor(String reason) {
    return failures().stream().filter(reason::equals).count();
  }

  /** Signs with the CA's key what the CA itself would not. */
  static void forge(String name, String... extensions) throws IOException {
    forge(name, BigInteger.valueOf(name.hashCode() & 0xFFFF), extensions);
  }

  static void forge(String name, BigInteger serial, String... extensions) throws IOException {
    Path list =
        Files.writeString(bed.folder().resolve(name + ".ext"), String.join("\n", extensions));
    assertDone(openssl.request(name));
    assertDone(
        openssl.run(
            "x509",
            "-req",
            "-in",
            file(name + ".csr"),
            "-CA",
            ca("pki").certificate().toString(),
            "-CAkey",
            ca("pki").key().toString(),
            "-set_serial",
            serial.toString(),
            "-days",
            "9",
            "-extfile",
            list.toString(),
            "-out",
            file(name + ".crt")));
  }

  private static void assertDone(Programs.Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
  }
}
