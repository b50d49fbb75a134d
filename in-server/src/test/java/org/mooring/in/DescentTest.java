// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.WireClient;

/**
 * Requests for what a node hosts, which the IN-CSE sends over the association that the node made:
 * one node asks, the other one answers, over real sockets.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescentTest {
  private static final String CONTENT = "m2m:cnt";

  private final RunningServer server;
  private final NodeClient asking;
  private final NodeClient asked;
  private final NodeClient absent;
  private final List<RequestPrimitive> heard = new CopyOnWriteArrayList<>();
  private volatile RequestHandler served = this::answer;
  private SecureEndpoint from;
  private SecureEndpoint to;

  DescentTest(@TempDir Path dataDir) {
    server =
        givenServer(dataDir)
            .withDirectEnrolee("asking")
            .withDirectEnrolee("asked")
            .withDirectEnrolee("absent")
            .openCoap()
            .started();
    asking = server.node("asking");
    asked = server.node("asked");
    absent = server.node("absent");
  }

  @BeforeAll
  void twoNodesAreRegistered() {
    from = registered(asking);
    to = registered(asked);
    registered(absent).close();
  }

  private SecureEndpoint registered(NodeClient node) {
    SecureEndpoint endpoint = node.atCse(node.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION));
    endpoint.serve(inbound -> served.handle(inbound));
    assertThat(send(endpoint, node.registration(node.remoteCse()).build()).status())
        .isEqualTo(ResponseStatusCode.CREATED);
    return endpoint;
  }

  @BeforeEach
  void listen() {
    heard.clear();
    served = this::answer;
  }

  @AfterAll
  void tearDown() {
    asking.close();
    asked.close();
    absent.close();
    server.close();
  }

  private CompletionStage<ResponsePrimitive> answer(RequestHandler.Inbound inbound) {
    heard.add(inbound.request());
    return CompletableFuture.completedStage(
        ResponsePrimitive.of(
            ResponseStatusCode.OK,
            inbound.request().requestId(),
            Representation.of(CONTENT, Attributes.builder().put("rn", "flow").build())));
  }

  private RequestPrimitive.Builder toTheOther(Operation operation, String path) {
    return request(operation, asked.enrolee().csi() + path)
        .from(asking.enrolee().csi() + "/Cwatch");
  }

  @Test
  void aRequestReachesTheNodeOverTheAssociationThatItMade() {
    RequestPrimitive asks = toTheOther(Operation.RETRIEVE, "/-/flow").build();

    ResponsePrimitive answer = send(from, asks);

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.OK);
    assertThat(answer.requestId()).isEqualTo(asks.requestId());
    assertThat(attributes(answer).text("rn")).contains("flow");
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).to()).isEqualTo(asked.enrolee().csi() + "/-/flow");
    assertThat(heard.get(0).from()).contains(asking.enrolee().csi() + "/Cwatch");
  }

  @Test
  void anAeAtTheInCseIsNamedToTheNodeAsTheProviderKnowsIt() {
    Attributes ae =
        Attributes.builder().put("api", "Nwatch").put("rr", false).put("srv", List.of("3")).build();
    try (WireClient plain = server.plainWire()) {
      plain.send(
          NodeClient.create("/id-in/-", CseResources.AE.code())
              .from("Cwatch")
              .content(Representation.of(CseResources.AE.root(), ae))
              .build());

      WireClient.Answer answer =
          plain.send(
              request(Operation.RETRIEVE, asked.enrolee().csi() + "/-/flow")
                  .from("Cwatch")
                  .build());

      assertThat(answer.statusCode()).isEqualTo(2000);
      assertThat(heard.get(0).from()).contains("/id-in/Cwatch");
      assertThat(heard.get(0).requestId()).startsWith("Cwatch/");
    }
  }

  @Test
  void fromIsCheckedBeforeTheNodeHearsOfIt() {
    RequestPrimitive asks =
        toTheOther(Operation.RETRIEVE, "/-").from(asked.enrolee().csi() + "/Cflow").build();

    assertThat(send(from, asks).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
    assertThat(heard).isEmpty();
  }

  @Test
  void anAnswerThatRefusesComesBackAsItIs() {
    served =
        inbound ->
            CompletableFuture.completedStage(
                ResponsePrimitive.of(
                    ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE, inbound.request().requestId()));

    assertThat(send(from, toTheOther(Operation.DELETE, "/-/flow").build()).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
  }

  @Test
  void aNodeWithoutASessionIsNotReachable() {
    RequestPrimitive asks =
        request(Operation.RETRIEVE, absent.enrolee().csi() + "/-")
            .from(asking.enrolee().csi().value())
            .build();

    ResponsePrimitive answer = send(from, asks);

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.TARGET_NOT_REACHABLE);
  }

  @Test
  void aNodeThatDoesNotAnswerInTimeIsToldOfAsExpired() {
    served = inbound -> new CompletableFuture<>();
    RequestPrimitive asks =
        toTheOther(Operation.RETRIEVE, "/-")
            .requestExpiration(Instant.now().plusSeconds(2))
            .build();

    assertThat(send(from, asks).status()).isEqualTo(ResponseStatusCode.REQUEST_TIMEOUT);
    served = this::answer;
    assertThat(send(from, toTheOther(Operation.RETRIEVE, "/-").build()).status())
        .isEqualTo(ResponseStatusCode.OK);
  }

  @Test
  void aCseThatNobodyRegisteredIsNotFoundAndNothingGoesBackToWhereItCameFrom() {
    String self = asking.enrolee().csi().value();

    assertThat(send(from, request(Operation.RETRIEVE, "/asn-none/-").from(self).build()).status())
        .isEqualTo(ResponseStatusCode.NOT_FOUND);
    assertThat(send(from, request(Operation.RETRIEVE, self + "/-").from(self).build()).status())
        .isEqualTo(ResponseStatusCode.TARGET_NOT_REACHABLE);
    assertThat(heard).isEmpty();
  }

  @Test
  void aNodeAsksWhileItIsAsked() {
    served =
        inbound ->
            to.send(
                    request(Operation.RETRIEVE, "/id-in/-")
                        .from(asked.enrolee().csi().value())
                        .build())
                .thenApply(base -> base.withRequestId(inbound.request().requestId()));

    assertThat(attributes(send(from, toTheOther(Operation.RETRIEVE, "/-").build())).text("csi"))
        .contains("/id-in");
  }
}
