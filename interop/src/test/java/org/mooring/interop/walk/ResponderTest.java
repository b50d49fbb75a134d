// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.interop.Responder;
import org.mooring.interop.peer.PeerFailedException;

/** {@code openssl ocsp} tells a server that wants an answer of the status of certificates. */
@Timeout(120)
class ResponderTest extends CertificateTest {
  private static final BigInteger GOOD = BigInteger.valueOf(0x1001);
  private static final BigInteger REVOKED = BigInteger.valueOf(0x1002);
  private static final BigInteger UNLISTED = BigInteger.valueOf(0x1003);

  private static Responder responder;
  private static int port;

  /** This server takes no certificate without an answer. */
  @BeforeAll
  static void start(@TempDir Path folder) {
    start(folder, List.of(MEF), "--ocsp", "hard");
    port = freePort();
    responder =
        Responder.start(
            folder, ca("pki"), port, List.of(Responder.good(GOOD), Responder.revoked(REVOKED)));
    await().until(ResponderTest::listens);
  }

  @AfterAll
  static void stopResponder() {
    if (responder != null) {
      responder.close();
    }
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean listens() {
    try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return connected.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void issue(String name, BigInteger serial, int at) throws IOException {
    enrolee("/" + name, "maf", "cse-id");
    forge(
        name,
        serial,
        "keyUsage=digitalSignature",
        "subjectAltName=DNS:" + name + ".sp.example.org",
        "authorityInfoAccess=OCSP;URI:http://127.0.0.1:" + at);
    assertThat(CertificateFiles.certificates(Path.of(file(name + ".crt"))).get(0))
        .returns(serial, certificate -> certificate.getSerialNumber());
  }

  @Test
  void takesACertificateThatIsGood() throws IOException {
    issue("good", GOOD, port);

    connect("good").close();
  }

  @Test
  void refusesOneThatIsRevoked() throws IOException {
    issue("revoked", REVOKED, port);

    assertRefused("revoked", "the certificate is revoked");
  }

  @Test
  void refusesOneThatTheResponderDoesNotKnow() throws IOException {
    issue("unlisted", UNLISTED, port);

    assertRefused("unlisted", "no responder tells the certificate's status by now");
  }

  @Test
  void refusesOneWhoseResponderIsGone() throws IOException {
    issue("orphan", BigInteger.valueOf(0x1004), freePort());

    assertRefused("orphan", "no responder tells the certificate's status by now");
  }

  @Test
  void takesOneThatNamesNoResponder() {
    enrolee("/plain", "maf", "cse-id");
    pki("pki", "issue", "--cse-id", "/plain", "--out", file("plain"));

    connect("plain").close();
  }

  private static void assertRefused(String name, String reason) {
    assertThatThrownBy(() -> connect(name).close())
        .isInstanceOf(PeerFailedException.class)
        .hasMessageContaining("bad certificate");
    await()
        .untilAsserted(
            () ->
                assertThat(server.admin().audit(AUDITED))
                    .anySatisfy(
                        entry -> {
                          assertThat(entry.text("subject")).contains("CN=" + name);
                          assertThat(entry.members("detail").orElseThrow().text("reason"))
                              .contains(reason);
                        }));
  }
}
