// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.SP;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mooring.common.certificate.EstMedia;
import org.mooring.common.dtls.BareRequest;
import org.mooring.common.dtls.BareResponse;
import org.mooring.common.dtls.CertificateCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.MethodOffer;
import org.mooring.common.resource.MethodOffer.Offered;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.ServeSettings;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.pki.CertificateSubject;
import org.mooring.in.scenario.RunningServer.Enrolee;

/** A server that takes nodes by several methods, and nodes that have several credentials. */
public final class MethodScenario implements AutoCloseable {
  private static final int AUDITED = 1000;

  private final TestCa ca;
  private final RunningServer server;
  private final List<NodeClient> nodes = new ArrayList<>();

  private MethodScenario(TestCa ca, RunningServer server) {
    this.ca = ca;
    this.server = server;
  }

  /**
   * @param methods those that the provider takes, the preferred one first
   */
  public static MethodScenario givenMethods(Path folder, String methods) {
    TestCa ca = TestCa.in(folder.resolve("pki"));
    return new MethodScenario(
        ca,
        givenServer(folder.resolve("data"))
            .withCertificates(ca.serving(Duration.ofDays(90)))
            .withUb()
            .withMethods(methods)
            .started());
  }

  /** The same, with a certificate of the MAF, too. */
  public static MethodScenario givenMethodsAtTheMaf(Path folder, String methods) {
    TestCa ca = TestCa.in(folder.resolve("pki"));
    ServeSettings.Certificates own = ca.serving(Duration.ofDays(90));
    return new MethodScenario(
        ca,
        givenServer(folder.resolve("data"))
            .withCertificates(
                new ServeSettings.Certificates(
                    ca.issue(new CertificateSubject.Function(List.of(MEF, MAF))),
                    own.trusted(),
                    own.lists(),
                    own.ocsp(),
                    Optional.empty()))
            .withMethods(methods)
            .started());
  }

  public RunningServer server() {
    return server;
  }

  public TestCa ca() {
    return ca;
  }

  /** Plays a node that was added. */
  public NodeClient node(String name) {
    return played(server.node(name));
  }

  /** Has a node's sessions closed with the server. */
  public NodeClient played(NodeClient node) {
    nodes.add(node);
    return node;
  }

  /** A node with a Kpm alone. */
  public NodeClient withKpm(String name) {
    var unused = server.enrolled(name);
    return node(name);
  }

  /** A node with a Kpm and, as the operator knows, a certificate. */
  public NodeClient pump() {
    Enrolee pump = server.enrolled("pump");
    give(pump, Attributes.builder().put("method", "certificate").build());
    return node("pump");
  }

  /** Gives a node one more credential. */
  public void give(Enrolee node, Attributes credential) {
    var unused =
        NodeClient.await(
            server
                .in()
                .admin()
                .credentials()
                .add(node.id(), EnroleeOrder.readCredential(credential)));
  }

  /** Bars a node from what stands behind a method. */
  public void bar(Enrolee node, EnrolmentMethod minimum) {
    var unused =
        NodeClient.await(
            server.in().admin().credentials().setMinMethod(node.id(), Optional.of(minimum)));
  }

  /** A certificate with the name of a node's CSE. */
  public CertificateCredential certificateOf(NodeClient node) {
    return ca.credential(ca.issue(new CertificateSubject.Cse(node.enrolee().csi(), SP)));
  }

  /** Has a node register at the MEF, with what it says of its methods. */
  public static ResponseStatusCode registers(SecureEndpoint session, Offered... offer) {
    Attributes.Builder content =
        Attributes.builder().put(TrustResourceNames.EXPIRATION_TIME, M2mTimestamp.NEVER);
    if (offer.length > 0) {
      content.put(TrustResourceNames.LABELS, new MethodOffer(List.of(offer)).labels());
    }
    return send(
            session,
            NodeClient.create(
                    TrustResourceNames.baseOf(MEF), TrustResourceNames.MEF_CLIENT_REG.code())
                .content(
                    Representation.of(TrustResourceNames.MEF_CLIENT_REG.root(), content.build()))
                .build())
        .status();
  }

  public static ResponseStatusCode registersKey(SecureEndpoint session) {
    return send(session, NodeClient.keyRegistration(MEF, KeyUsage.PROVISIONED_FOR_MAF, MAF.value()))
        .status();
  }

  /** Has a node ask for a certificate: the CoAP code. */
  public static int est(SecureEndpoint session) {
    KeyPair keys = Csr.keys();
    BareResponse answer =
        NodeClient.await(
            session.exchange(
                BareRequest.post(
                    List.of("est", "sen"),
                    EstMedia.PKCS10,
                    Csr.with(keys).der(),
                    EstMedia.CERTS_ONLY)));
    return answer.coapCode();
  }

  /** The details of the entries of a kind in the audit log. */
  public List<Attributes> audited(String action) {
    return NodeClient.await(server.in().admin().audit(AUDITED)).stream()
        .filter(entry -> entry.text("action").equals(Optional.of(action)))
        .map(entry -> entry.members("detail").orElseThrow())
        .toList();
  }

  public Attributes auditedOnce(String action) {
    await().untilAsserted(() -> assertThat(audited(action)).hasSize(1));
    return audited(action).get(0);
  }

  public static Offered open(EnrolmentMethod method) {
    return new Offered(method, false);
  }

  public static Offered refused(EnrolmentMethod method) {
    return new Offered(method, true);
  }

  @Override
  public void close() {
    nodes.forEach(NodeClient::close);
    server.close();
  }
}
