// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.common.certificate.EstMedia.CERTS_ONLY;
import static org.mooring.common.certificate.EstMedia.PKCS10;
import static org.mooring.in.scenario.NodeClient.await;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.certificate.CertsOnly;
import org.mooring.common.certificate.ChainCheck;
import org.mooring.common.dtls.BareRequest;
import org.mooring.common.dtls.BareResponse;
import org.mooring.common.dtls.CertificateCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.in.scenario.Csr;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.RunningServer.Enrolee;
import org.mooring.in.scenario.TestCa;

/** A server with a CA at its MEF, and a node that has it certify keys (RFC 7030, RFC 9148). */
abstract class EstScenario {
  static final Duration LIFETIME = Duration.ofDays(90);

  @TempDir protected Path folder;
  private final List<NodeClient> nodes = new ArrayList<>();
  TestCa ca;
  RunningServer server;

  @BeforeEach
  void start() {
    ca = TestCa.in(folder.resolve("pki"));
    server =
        givenServer(folder.resolve("data"))
            .withCertificates(ca.serving(LIFETIME))
            .withEnrolee("pump")
            .started();
  }

  @AfterEach
  void stop() {
    nodes.forEach(NodeClient::close);
    server.close();
  }

  NodeClient pump() {
    return played("pump");
  }

  NodeClient played(String name) {
    NodeClient node = server.node(name);
    nodes.add(node);
    return node;
  }

  static String domainOf(Enrolee enrolee) {
    return enrolee.csi().fqdn(RunningServer.SP).value();
  }

  String nodeIdOf(Enrolee enrolee) {
    return await(server.in().admin().showEnrolee(enrolee.id())).text("nodeId").orElseThrow();
  }

  static BareResponse get(SecureEndpoint endpoint, int accept, String... path) {
    return await(endpoint.exchange(BareRequest.get(List.of(path), accept)));
  }

  static BareResponse post(SecureEndpoint endpoint, String operation, byte[] csr) {
    return await(
        endpoint.exchange(BareRequest.post(List.of("est", operation), PKCS10, csr, CERTS_ONLY)));
  }

  static X509Certificate enrolled(SecureEndpoint endpoint, String operation, Csr csr) {
    BareResponse answer = post(endpoint, operation, csr.der());
    assertThat(answer.coapCode()).as(answer.diagnostic()).isEqualTo(204);
    assertThat(answer.contentFormat()).hasValue(CERTS_ONLY);
    List<X509Certificate> certificates = CertsOnly.read(answer.content());
    assertThat(certificates).hasSize(1);
    return certificates.get(0);
  }

  static void refused(BareResponse answer, int code, String why) {
    assertThat(answer.diagnostic()).contains(why);
    assertThat(answer.coapCode()).isEqualTo(code);
    assertThat(answer.contentFormat()).isEmpty();
  }

  void holds(X509Certificate certificate) throws Exception {
    new ChainCheck(List.of(ca.certificate()), Optional::empty)
        .requireClient(List.of(certificate), Instant.now());
  }

  /** What the node has after a simple enrolment. */
  CertificateCredential certified(NodeClient node) {
    KeyPair keys = Csr.keys();
    return ca.credential(keys, enrolled(node.atMef(), "sen", Csr.with(keys)));
  }
}
