// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.clientRegistration;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.RunningServer.CSE;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.Refusing;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.StoredRows;
import org.mooring.in.scenario.WireClient;

/** The plain coap port, closed but for discovery, and opened for test beds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlainPortTest {
  private static final int RESET = 3;
  private static final int CLIENT_ERROR = 4;
  private static final int SILENCE_MILLIS = 300;

  private final RunningServer closed;
  private final RunningServer open;

  PlainPortTest(@TempDir Path closedDir, @TempDir Path openDir) {
    closed = givenServer(closedDir).withEnrolee("node").started();
    open = givenServer(openDir).withEnrolee("node").openCoap().started();
  }

  @AfterAll
  void tearDown() {
    closed.close();
    open.close();
  }

  @Test
  void everythingButDiscoveryNeedsAnAssociation() {
    Refusing refusing = new Refusing(closed);
    try (WireClient client = closed.plainWire();
        NodeClient node = closed.node("node")) {
      for (RequestPrimitive request :
          List.of(
              request(Operation.RETRIEVE, "/id-in/-").from("Capp").build(),
              node.registration(node.remoteCse()).build(),
              ae().build(),
              clientRegistration(MEF),
              clientRegistration(MAF))) {
        refusing.refused(client, request, 4107, 403, Refusal.ASSOCIATION_REQUIRED);
      }
    }
    closed.serves();
  }

  @Test
  void aClientThatShowsNoOptionsIsToldInTheContent() {
    try (WireClient client = closed.plainWire()) {
      Request get = Request.newGet();
      get.getOptions().setUriPath("cse-in");

      WireClient.Answer answer = client.send(get);

      assertThat(answer.isBare()).isTrue();
      assertThat(answer.coapCode()).isEqualTo(403);
      assertThat(answer.response().getOptions().getContentFormat())
          .isEqualTo(MediaTypeRegistry.APPLICATION_JSON);
      assertThat(answer.text())
          .startsWith("{\"m2m:dbg\":\"SECURITY_ASSOCIATION_REQUIRED: ")
          .contains("coaps");
    }
  }

  @Test
  void discoveryIsForEveryone() {
    try (WireClient client = closed.plainWire()) {
      Request get = Request.newGet();
      get.getOptions().setUriPath(".well-known/core");
      WireClient.Answer answer = client.send(get);
      assertThat(answer.coapCode()).isEqualTo(205);
      assertThat(answer.response().getOptions().getContentFormat())
          .isEqualTo(MediaTypeRegistry.APPLICATION_LINK_FORMAT);
    }
  }

  @Test
  void openedItTakesAnAeButNoCseAndNoClientOfMefAndMaf() {
    Refusing refusing = new Refusing(open);
    try (WireClient client = open.plainWire();
        NodeClient node = open.node("node")) {
      for (RequestPrimitive request :
          List.of(
              request(Operation.RETRIEVE, "/id-in/-").from(node.enrolee().csi().value()).build(),
              request(Operation.RETRIEVE, "/id-in/-")
                  .from(node.enrolee().absoluteCsi().value())
                  .build(),
              node.registration(node.remoteCse()).build(),
              node.registration(node.remoteCse()).from("").build(),
              ae().from(node.enrolee().csi().value()).build(),
              clientRegistration(MEF),
              clientRegistration(MAF))) {
        refusing.refused(client, request, 4107, 403, Refusal.ASSOCIATION_REQUIRED);
      }
      refusing.refused(
          client,
          request(Operation.RETRIEVE, "/id-in/-").from("Cnobody").build(),
          4106,
          403,
          Refusal.UNKNOWN_ORIGINATOR);
      assertThat(client.send(ae().from("Capp").build()).statusCode()).isEqualTo(2001);
    }
    open.serves();
  }

  @Test
  void anAeOfAnAssociationIsNotServedOutsideOfIt() {
    KeyIdentifier kpsaId = KeyIdentifier.parse("spump@sp.example.org");
    SecretKeyBytes kpsa = SecretKeyBytes.random();
    NodeClient.await(
        open.in()
            .admin()
            .addEnrolee(
                EnroleeOrder.read(
                    Attributes.builder()
                        .put("kpsaId", kpsaId.toString())
                        .put("kpsa", KeyText.hex(kpsa))
                        .put("aei", "/Spump")
                        .build())));
    Refusing refusing = new Refusing(open);
    try (WireClient plain = open.plainWire();
        WireClient associated = open.wire(CSE, new PskCredential(kpsaId, kpsa))) {
      RequestPrimitive registration = ae().from("Spump").build();
      RequestPrimitive retrieval =
          request(Operation.RETRIEVE, "/id-in/Spump").from("Spump").build();

      refusing.refused(plain, registration, 4107, 403, Refusal.ASSOCIATION_REQUIRED);
      assertThat(associated.send(registration).statusCode()).isEqualTo(2001);
      refusing.refused(plain, retrieval, 4107, 403, Refusal.ASSOCIATION_REQUIRED);
      assertThat(associated.send(retrieval).statusCode()).isEqualTo(2000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"40", "ff", "400101", "490155aa00000000", "40010102ff", "4001010257"})
  void octetsThatAreNoCoapMessageAreRejectedOrIgnored(String hex) throws IOException {
    StoredRows before = closed.stored();
    byte[] sent = HexFormat.of().parseHex(hex);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.send(new DatagramPacket(sent, sent.length, closed.coap()));
      DatagramPacket answer = new DatagramPacket(new byte[64], 64);
      try {
        socket.receive(answer);
        int type = (answer.getData()[0] >> 4) & 3;
        int codeClass = (answer.getData()[1] & 0xFF) >> 5;
        assertThat(type == RESET || codeClass == CLIENT_ERROR)
            .as("type %s, code class %s", type, codeClass)
            .isTrue();
      } catch (SocketTimeoutException silence) {
        assertThat(answer.getAddress()).isNull();
      }
    }
    assertThat(closed.stored()).isEqualTo(before);
    discoveryIsForEveryone();
  }

  private static RequestPrimitive.Builder ae() {
    return NodeClient.create("/id-in/-", CseResources.AE.code())
        .content(
            Representation.of(
                CseResources.AE.root(),
                Attributes.builder()
                    .put("api", "Norg.mooring.test")
                    .put("rr", false)
                    .put("srv", List.of("3"))
                    .build()));
  }
}
