// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.clientRegistration;
import static org.mooring.in.scenario.RunningServer.CSE;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.StoredRows;
import org.mooring.in.scenario.WireClient;

/** A registration whose answer was lost may be sent again, from another session too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepeatedRequestsTest {
  private final RunningServer server;

  RepeatedRequestsTest(@TempDir Path dataDir) {
    server =
        givenServer(dataDir)
            .withDirectEnrolee("one")
            .withDirectEnrolee("two")
            .withDirectEnrolee("three")
            .started();
  }

  @AfterAll
  void tearDown() {
    server.close();
  }

  @Test
  void theSameRegistrationOfACseFromANewSessionGetsTheSameAnswerAndMakesOneResource() {
    try (NodeClient node = server.node("one")) {
      PskCredential kpsa = node.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION);
      RequestPrimitive registration = node.registration(node.remoteCse()).build();
      WireClient.Answer first = sendOnce(kpsa, registration);
      assertThat(first.statusCode()).isEqualTo(2001);
      StoredRows afterFirst = server.stored();

      WireClient.Answer again = sendOnce(kpsa, registration);

      assertThat(again.statusCode()).isEqualTo(2001);
      assertThat(again.coapCode()).isEqualTo(201);
      assertThat(again.response().getPayload()).isEqualTo(first.response().getPayload());
      assertThat(server.stored()).isEqualTo(afterFirst);

      Attributes other = node.remoteCse().toBuilder().put("rr", true).build();
      RequestPrimitive changed =
          node.registration(other).requestId(registration.requestId()).build();
      assertThat(sendOnce(kpsa, changed).statusCode()).isEqualTo(4117);
      assertThat(server.stored()).isEqualTo(afterFirst);
    }
  }

  @Test
  void theSameRegistrationOfACseAfterItsDeregistrationRegistersItAnew() {
    try (NodeClient node = server.node("three");
        WireClient session =
            server.wire(CSE, node.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION))) {
      RequestPrimitive registration = node.registration(node.remoteCse()).build();
      String address = "/id-in/-/" + node.enrolee().csi().stem();
      RequestPrimitive deregistration =
          NodeClient.request(Operation.DELETE, address).from(node.enrolee().csi().value()).build();
      byte[] first = session.send(registration).response().getPayload();
      assertThat(session.send(deregistration).statusCode()).isEqualTo(2002);

      WireClient.Answer anew = session.send(registration);

      assertThat(anew.statusCode()).isEqualTo(2001);
      assertThat(anew.response().getPayload()).isNotEqualTo(first);
      assertThat(session.send(registration).response().getPayload())
          .isEqualTo(anew.response().getPayload());
    }
  }

  @Test
  void theSameClientRegistrationFromANewSessionGetsTheSameResource() {
    try (NodeClient node = server.node("two")) {
      RequestPrimitive registration = clientRegistration(MEF);
      PskCredential kpm = node.enrolee().credential();
      WireClient.Answer first;
      try (WireClient session = server.wire(MEF, kpm)) {
        first = session.send(registration);
      }
      StoredRows afterFirst = server.stored();
      try (WireClient session = server.wire(MEF, kpm)) {
        for (RequestPrimitive again : List.of(registration, clientRegistration(MEF))) {
          WireClient.Answer answer = session.send(again);
          assertThat(answer.statusCode()).isEqualTo(2001);
          assertThat(registered(answer).text("ri")).isEqualTo(registered(first).text("ri"));
          assertThat(registered(answer).members("ccfg"))
              .isPresent()
              .isEqualTo(registered(first).members("ccfg"));
          assertThat(server.stored().count("client_registration"))
              .isEqualTo(afterFirst.count("client_registration"));
        }
      }
    }
  }

  private static Attributes registered(WireClient.Answer answer) {
    return ContentCodec.readAttributes(Serialization.CBOR, answer.response().getPayload())
        .members("sec:mefcr")
        .orElseThrow();
  }

  private WireClient.Answer sendOnce(PskCredential credential, RequestPrimitive request) {
    try (WireClient session = server.wire(CSE, credential)) {
      return session.send(request);
    }
  }
}
