// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.OpenSsl;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.LibcoapClient;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.peer.PeerFailedException;
import org.mooring.interop.peer.Programs;
import org.mooring.interop.peer.RawCoap;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Pki;

/** libcoap and OpenSSL, with keys and requests of OpenSSL's, and our own node use EST. */
@Timeout(240)
class EstTest {
  private static final String KEY = "a key of text, 32 octets of it!!";
  private static final String MEF = "mef.sp.example.org";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TRIES = 12;

  private static final int URI_PATH = 11;
  private static final int CONTENT_FORMAT = 12;
  private static final int ACCEPT = 17;

  private static OpenSsl openssl;
  private static LibcoapClient libcoap;
  private static TestBed bed;
  private static Pki pki;
  private static InServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    openssl = OpenSsl.in(folder);
    libcoap = Peers.require("coap-client", LibcoapClient.installed());
    bed = TestBed.in(folder);
    pki = new Pki(bed.jars(), folder.resolve("pki"));
    pki.run("init");
    pki.run("issue", "--function", MEF, "--out", file("mef"));
    server = bed.startServer(pki.estServerSettings(folder.resolve("mef")));
  }

  @AfterAll
  static void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  private static String file(String name) {
    return bed.folder().resolve(name).toString();
  }

  private static TestBed.Enrolee enrolee(String csi) {
    return bed.addEnrolee(
        server,
        Attributes.builder().put("kpm", "utf8:" + KEY).put("csi", csi).put("path", "maf").build());
  }

  private static String uri(String path) {
    return "coaps://127.0.0.1:" + server.ports().coaps() + "/" + path;
  }

  private static String subjects(String certsOnly) {
    return openssl
        .run("pkcs7", "-inform", "DER", "-in", certsOnly, "-print_certs", "-noout")
        .output();
  }

  private static void verified(Path certificate, String name) {
    Programs.Outcome outcome =
        openssl.run(
            "verify",
            "-x509_strict",
            "-CAfile",
            pki.certificate().toString(),
            "-crl_check",
            "-CRLfile",
            pki.revocationList().toString(),
            "-purpose",
            "sslclient",
            "-verify_hostname",
            name,
            certificate.toString());
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
  }

  @Test
  void libcoapReadsTheCaCertificatesAndOpenSslTheirForm() {
    TestBed.Enrolee enrolee = enrolee("/reader");

    libcoap.request(
        enrolee.kpmId(), KEY, "get", uri("est/crts"), "-A", "281", "-o", file("crts.p7"));

    assertThat(subjects(file("crts.p7"))).contains("CA of sp.example.org");
  }

  @Test
  void libcoapEnrolsAKeyOfOpenSslThatOpenSslRenewsUntilTheCertificateIsRevoked() {
    String name = "pump-1.sp.example.org";
    TestBed.Enrolee enrolee = enrolee("/pump-1");
    requested(name);

    libcoap.request(enrolee.kpmId(), KEY, "post", uri("est/sen"), posting(name));
    certificateOf(name);
    verified(Path.of(file(name + ".crt")), name);

    try (OpenSslClient mef = connect(name)) {
      RawCoap answer = mef.exchange(reEnrolment(name));
      assertThat(answer.codeText()).as(answer.payloadText()).isEqualTo("2.04");
      write("next.p7", answer.payload());
    }
    certificateOf("next");
    verified(Path.of(file("next.crt")), name);
    assertThat(serialOf("next")).isNotEqualTo(serialOf(name));

    pki.run("revoke", file(name + ".crt"), "--reason", "keyCompromise");
    assertThatThrownBy(() -> connect(name)).isInstanceOf(PeerFailedException.class);
    assertThat(certificates())
        .anySatisfy(one -> assertThat(one).contains("revoked: keyCompromise"));
  }

  private static OpenSslClient connect(String name) {
    return OpenSslClient.connect(
        new OpenSslClient.CertificateSettings(
            server.ports().coaps(),
            MEF,
            Path.of(file(name + ".crt")),
            Path.of(file(name + ".key")),
            pki.certificate(),
            ForeignNode.BOOTSTRAP));
  }

  private static RawCoap reEnrolment(String name) {
    return new RawCoap(
        RawCoap.Type.CON,
        RawCoap.POST,
        1,
        new byte[] {1, 2, 3, 4},
        List.of(
            RawCoap.Option.text(URI_PATH, ".well-known"),
            RawCoap.Option.text(URI_PATH, "est"),
            RawCoap.Option.text(URI_PATH, "sren"),
            RawCoap.Option.number(CONTENT_FORMAT, 286),
            RawCoap.Option.number(ACCEPT, 281)),
        read(name + ".der"));
  }

  private static byte[] read(String name) {
    try {
      return Files.readAllBytes(Path.of(file(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(String name, byte[] content) {
    try {
      Files.write(Path.of(file(name)), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String serialOf(String name) {
    return openssl.run("x509", "-in", file(name + ".crt"), "-noout", "-serial").output();
  }

  private static void requested(String name) {
    assertThat(openssl.request(name).exitCode()).isZero();
    Programs.Outcome der =
        openssl.run(
            "req", "-in", file(name + ".csr"), "-outform", "DER", "-out", file(name + ".der"));
    assertThat(der.exitCode()).isZero();
  }

  private static String[] posting(String name) {
    return new String[] {
      "-t", "286", "-A", "281", "-f", file(name + ".der"), "-o", file(name + ".p7")
    };
  }

  private static void certificateOf(String name) {
    Programs.Outcome outcome =
        openssl.run(
            "pkcs7",
            "-inform",
            "DER",
            "-in",
            file(name + ".p7"),
            "-print_certs",
            "-out",
            file(name + ".crt"));
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
  }

  private static List<String> certificates() {
    Attributes listed =
        Commands.json(
            bed.jars().inServer(),
            PATIENCE,
            List.of("pki", "list", "--pki", pki.certificate().getParent().toString(), "--json"));
    return items(listed, "certificates").stream()
        .map(one -> one.text("name").orElse("") + " " + one.text("status").orElse(""))
        .toList();
  }

  private static List<Attributes> items(Attributes document, String member) {
    return ((AttributeValue.Items) document.get(member).orElseThrow())
        .values().stream().map(one -> ((AttributeValue.Members) one).attributes()).toList();
  }

  /** From Kpm over the certificate to the next one; and back to Kpm when that is revoked. */
  @Test
  void ourOwnNodeRenewsItsCertificateAndLosesNothingWhenThatIsRevoked() {
    TestBed.Enrolee enrolee = enrolee("/pump-2");
    assertThat(enrol(enrolee).exitCode()).isZero();

    assertThat(renew(enrolee).exitCode()).isZero();
    String first = serialOf(enrolee, "not used yet");
    verified(pki.issued(first), "pump-2.sp.example.org");
    assertThat(renew(enrolee).exitCode()).isZero();
    assertThat(serialOf(enrolee, "in use")).isEqualTo(first);
    String second = serialOf(enrolee, "not used yet");
    verified(pki.issued(second), "pump-2.sp.example.org");
    assertThat(audited("CERTIFICATE_ISSUED"))
        .extracting(entry -> entry.members("detail").orElseThrow().text("serial").orElseThrow())
        .contains(first, second);

    pki.run("revoke", second);
    pki.run("revoke", first);
    Programs.Outcome refused = renew(enrolee);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.errors()).contains("certificate: ");

    int tries = 1;
    while (renew(enrolee).exitCode() != 0) {
      assertThat(tries).as("tries until the node is back at its Kpm").isLessThan(TRIES);
      tries++;
    }
    verified(pki.issued(serialOf(enrolee, "not used yet")), "pump-2.sp.example.org");
  }

  private static List<Attributes> audited(String action) {
    return items(
            Commands.json(
                bed.jars().inServer(),
                PATIENCE,
                List.of("audit", "list", "--data", bed.data().toString(), "--json")),
            "entries")
        .stream()
        .filter(entry -> entry.text("action").equals(Optional.of(action)))
        .toList();
  }

  private static Programs.Outcome enrol(TestBed.Enrolee enrolee) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "enrol",
                "--vault",
                bed.vaultOf(enrolee).toString(),
                "--mef",
                "coaps://127.0.0.1:" + server.ports().coaps()));
    arguments.addAll(
        AsnNode.withKpm(Path.of(file("pump-2.factory")), enrolee.kpmId(), enrolee.kpm()));
    return Commands.run(bed.jars().asnClient(), PATIENCE, arguments);
  }

  private static Programs.Outcome renew(TestBed.Enrolee enrolee) {
    return Commands.run(
        bed.jars().asnClient(),
        PATIENCE,
        List.of(
            "certificate",
            "renew",
            "--vault",
            bed.vaultOf(enrolee).toString(),
            "--dtls-timeout",
            "500ms"));
  }

  private static String serialOf(TestBed.Enrolee enrolee, String standing) {
    Attributes status =
        Commands.json(
            bed.jars().asnClient(),
            PATIENCE,
            List.of("status", "--vault", bed.vaultOf(enrolee).toString(), "--json"));
    return items(status, "keys").stream()
        .filter(key -> key.text("standing").equals(Optional.of(standing)))
        .map(key -> key.text("serial").orElseThrow())
        .findFirst()
        .orElseThrow();
  }
}
