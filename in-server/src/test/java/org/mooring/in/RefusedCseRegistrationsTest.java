// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.CSE;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.SP;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.CertificateCredential;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.admin.ExplainOrder;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.pki.CertificateSubject;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.TestCa;

/**
 * CSEs that register with what is not theirs, over real associations, and what the operator sees.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedCseRegistrationsTest {
  private static final String REFUSED = "CSE_REGISTRATION_REFUSED";
  private static final int AUDITED = 1000;

  private final TestCa ca;
  private final RunningServer server;

  RefusedCseRegistrationsTest(@TempDir Path folder) {
    ca = TestCa.in(folder.resolve("pki"));
    ServeSettings.Certificates own = ca.serving(Duration.ofDays(90));
    server =
        givenServer(folder.resolve("data"))
            .withDirectEnrolee("pump")
            .withDirectEnrolee("valve")
            .withCertificates(
                new ServeSettings.Certificates(
                    ca.issue(new CertificateSubject.Function(List.of(MEF, CSE))),
                    own.trusted(),
                    own.lists(),
                    own.ocsp(),
                    Optional.empty()))
            .started();
  }

  @AfterAll
  void tearDown() {
    server.close();
  }

  private Attributes refusalOf(CseId cse) {
    await().until(() -> !refusals(cse).isEmpty());
    return refusals(cse).get(0);
  }

  private List<Attributes> refusals(CseId cse) {
    return NodeClient.await(server.in().admin().audit(AUDITED)).stream()
        .filter(entry -> entry.text("action").filter(REFUSED::equals).isPresent())
        .filter(entry -> entry.text("subject").filter(cse.value()::equals).isPresent())
        .toList();
  }

  private static String elementOf(Attributes entry) {
    return entry.members("detail").orElseThrow().text("element").orElseThrow();
  }

  private Attributes explained(Attributes entry) {
    long seq = entry.whole("seq").orElseThrow();
    return NodeClient.await(
        server.in().admin().serviceSubscriptions().explain(new ExplainOrder.Past(seq)));
  }

  @Test
  @DisplayName("Seed 002, TS-0001 10.2.2.7: another From is refused, recorded and explained")
  void anotherFrom() {
    try (NodeClient pump = server.node("pump")) {
      PskCredential kpsa = pump.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION);
      SecureEndpoint association = pump.atCse(kpsa);
      CseId own = pump.enrolee().csi();
      String foreign = server.enrolee("valve").csi().value();

      ResponsePrimitive answer =
          send(association, pump.registration(pump.remoteCse()).from(foreign).build());

      assertThat(answer.status()).isEqualTo(Refusal.WRONG_ORIGINATOR.status());
      Attributes entry = refusalOf(own);
      Attributes detail = entry.members("detail").orElseThrow();
      assertThat(detail.text("credential")).contains(kpsa.identity().toString());
      assertThat(detail.text("element")).contains("From");
      assertThat(detail.text("sent")).contains(foreign);
      assertThat(detail.whole("rsc")).hasValue(4106);
      Attributes recorded = explained(entry).members("recorded").orElseThrow();
      assertThat(recorded.text("reason"))
          .contains(kpsa.identity() + " is of " + own + ", not of " + foreign);
      Attributes now = explained(entry).members("now").orElseThrow();
      assertThat(now.text("decision")).contains("refused");
      assertThat(now.text("enrolee")).contains(pump.enrolee().id().toString());
      assertThat(now.text("credentialStatus")).contains("pending");
      assertThat(now.text("element")).contains("From");
      assertThat(now.text("remedy")).contains("leave From out or send " + own);

      NodeClient.await(server.in().admin().revokeEnrolee(pump.enrolee().id(), "lost"));

      Attributes afterwards = explained(entry).members("now").orElseThrow();
      assertThat(afterwards.text("element")).contains("credential");
      assertThat(afterwards.whole("rsc")).hasValue(4107);
    }
  }

  @Test
  @DisplayName("TS-0001 10.2.2.10: the association outlives the registration, and may have another")
  void deregisteredInASessionThatStands() {
    try (NodeClient valve = server.node("valve")) {
      SecureEndpoint association =
          valve.atCse(valve.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION));
      CseId own = valve.enrolee().csi();
      RequestPrimitive registration = valve.registration(valve.remoteCse()).build();
      assertThat(send(association, registration).status()).isEqualTo(ResponseStatusCode.CREATED);
      long sessions = server.sessions();
      RequestPrimitive deregistration =
          request(Operation.DELETE, "/id-in/-/" + own.stem()).from(own.value()).build();

      assertThat(send(association, deregistration).status()).isEqualTo(ResponseStatusCode.DELETED);
      ResponsePrimitive again =
          send(association, valve.registration(valve.remoteCse()).from("").build());

      assertThat(again.status()).isEqualTo(ResponseStatusCode.CREATED);
      assertThat(server.sessions()).isEqualTo(sessions);
      assertThat(server.hasAudited(AuditAction.CSE_DEREGISTERED, own.value())).isTrue();
    }
  }

  @Test
  @DisplayName("Seed 002, TS-0003 10.1.1.6: the CSE-ID in a CSE-ID certificate is the assigned one")
  void withACseIdCertificate() {
    CseId certified = new CseId("/certified");
    NodeClient.await(
        server
            .in()
            .admin()
            .addEnrolee(
                EnroleeOrder.read(
                    Attributes.builder()
                        .put("certificate", "cse-id")
                        .put("csi", certified.value())
                        .put("path", "direct")
                        .build())));
    CertificateCredential credential =
        ca.credential(ca.issue(new CertificateSubject.Cse(certified, SP)));
    RunningServer.Enrolee valve = server.enrolee("valve");
    try (NodeClient node =
        server.client(
            new RunningServer.Enrolee(
                new KeyIdentifier("certificate", MEF), valve.key(), certified))) {
      SecureEndpoint association = node.at(CSE, credential);
      Attributes foreign = node.remoteCse().toBuilder().put("csi", valve.csi().value()).build();

      assertThat(send(association, node.registration(foreign).build()).status())
          .isEqualTo(Refusal.WRONG_CSE_ID.status());
      assertThat(
              send(
                      association,
                      node.registration(node.remoteCse()).from(valve.csi().value()).build())
                  .status())
          .isEqualTo(Refusal.WRONG_ORIGINATOR.status());
      ResponsePrimitive registered =
          send(association, node.registration(node.remoteCse()).from("").build());

      assertThat(registered.status()).isEqualTo(ResponseStatusCode.CREATED);
      assertThat(NodeClient.attributes(registered).text("csi")).contains(certified.value());
      await().until(() -> refusals(certified).size() == 2);
      Attributes ofCsi =
          refusals(certified).stream()
              .filter(entry -> elementOf(entry).equals("csi (CSE-ID)"))
              .findFirst()
              .orElseThrow();
      Attributes now = explained(ofCsi).members("now").orElseThrow();
      assertThat(now.text("element")).contains("<remoteCSE>");
      assertThat(now.whole("rsc")).hasValue(4117);
    }
  }
}
