// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.clientRegistration;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.Refusing.withJson;
import static org.mooring.in.scenario.RunningServer.CSE;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.Refusing;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.WireClient;

/** What the IN-CSE refuses an associated node, over a real association. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedCseRequestsTest {
  private static final String BASE = "/id-in/-";

  private final RunningServer server;
  private final Refusing refusing;
  private final NodeClient node;
  private final NodeClient other;
  private final NodeClient third;
  private WireClient registered;
  private WireClient unregistered;

  RefusedCseRequestsTest(@TempDir Path dataDir) {
    server =
        givenServer(dataDir)
            .withDirectEnrolee("node")
            .withDirectEnrolee("other")
            .withDirectEnrolee("third")
            .started();
    refusing = new Refusing(server);
    node = server.node("node");
    other = server.node("other");
    third = server.node("third");
  }

  @BeforeAll
  void oneNodeIsRegisteredAndOneIsAssociatedOnly() {
    registered = server.wire(CSE, node.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION));
    assertThat(registered.send(node.registration(node.remoteCse()).build()).statusCode())
        .isEqualTo(2001);
    unregistered = server.wire(CSE, other.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION));
  }

  @AfterEach
  void theServerServesTheNextNode() {
    server.serves();
  }

  @AfterAll
  void tearDown() {
    registered.close();
    unregistered.close();
    node.close();
    other.close();
    third.close();
    server.close();
  }

  @Test
  void fromMayNotNameSomebodyElse() {
    for (String foreign :
        List.of(
            other.enrolee().csi().value(),
            other.enrolee().absoluteCsi().value(),
            other.enrolee().csi() + "/Capp",
            "/id-in",
            "Capp",
            "Sapp")) {
      refusing.refused(
          registered,
          request(Operation.RETRIEVE, BASE).from(foreign).build(),
          4106,
          403,
          Refusal.WRONG_ORIGINATOR);
    }
  }

  @Test
  void aRequestWithoutFromIsRefusedUnlessItRegisters() {
    refusing.refused(
        registered,
        request(Operation.RETRIEVE, BASE).build(),
        4000,
        400,
        Refusal.MISSING_PARAMETER);
  }

  @Test
  void aRegistrationWithAnotherFromThanTheAssignedCseIdIsRefused() {
    RequestPrimitive foreign =
        other.registration(other.remoteCse()).from(node.enrolee().csi().value()).build();
    refusing.refused(unregistered, foreign, 4106, 403, Refusal.WRONG_ORIGINATOR);
  }

  @Test
  void aRegistrationWithAnotherCseIdThanTheAssignedOneIsRefused() {
    Attributes wrong =
        other.remoteCse().toBuilder().put("csi", node.enrolee().csi().value()).build();
    refusing.refused(
        unregistered, other.registration(wrong).build(), 4000, 400, Refusal.WRONG_CSE_ID);
  }

  @Test
  void aRegistrationWithAnEmptyFromTakesTheAssignedCseId() {
    try (WireClient association =
        server.wire(CSE, third.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION))) {
      WireClient.Answer answer =
          association.send(third.registration(third.remoteCse()).from("").build());

      assertThat(answer.statusCode()).isEqualTo(2001);
      assertThat(answer.coapCode()).isEqualTo(201);
      assertThat(answer.text()).contains(third.enrolee().csi().value());
    }
  }

  @Test
  void aSecondRegistrationOfTheSameCseIsRefused() {
    refusing.refused(
        registered,
        node.registration(node.remoteCse()).build(),
        4117,
        403,
        Refusal.ALREADY_REGISTERED);
  }

  @Test
  void aRegistrationHasItsAttributesOnceAndNoOthers() {
    RequestPrimitive registration = other.registration(other.remoteCse()).build();
    String cb = "\"cb\":\"" + other.enrolee().csi() + "/cse\"";
    String rest = ",\"rr\":false,\"srv\":[\"3\"]";
    refusing.refused(
        unregistered,
        withJson(unregistered, registration, "{\"m2m:csr\":{" + cb + ",\"rr\":false}}"),
        4000,
        400,
        Refusal.MISSING_ATTRIBUTE);
    refusing.refused(
        unregistered,
        withJson(unregistered, registration, "{\"m2m:csr\":{" + cb + "," + cb + rest + "}}"),
        4000,
        400,
        Refusal.MALFORMED_CONTENT);
    refusing.refused(
        unregistered,
        withJson(unregistered, registration, "{\"m2m:csr\":{" + cb + rest + ",\"x\":1}}"),
        4000,
        400,
        Refusal.UNKNOWN_ATTRIBUTE);
    refusing.refused(
        unregistered,
        withJson(
            unregistered,
            registration,
            "{\"m2m:csr\":{" + cb + rest + ",\"et\":\"20200101T000000\"}}"),
        4000,
        400,
        Refusal.EXPIRATION_IN_THE_PAST);
  }

  @Test
  void aContainerHasItsAttributesOnceAndNoOthers() {
    RequestPrimitive container = container(node).build();
    String name = "\"rn\":\"a\"";
    refusing.refused(
        registered,
        withJson(registered, container, "{\"m2m:cnt\":{" + name + "," + name + "}}"),
        4000,
        400,
        Refusal.MALFORMED_CONTENT);
    refusing.refused(
        registered,
        withJson(registered, container, "{\"m2m:cnt\":{\"x\":1}}"),
        4000,
        400,
        Refusal.UNKNOWN_ATTRIBUTE);
    refusing.refused(
        registered,
        withJson(registered, container, "{\"m2m:cnt\":{\"cni\":1}}"),
        4000,
        400,
        Refusal.NOT_PERMITTED_ATTRIBUTE);
    refusing.refused(
        registered,
        withJson(registered, container, "{\"m2m:cnt\":{\"mni\":-1}}"),
        4000,
        400,
        Refusal.INVALID_ATTRIBUTE);
    refusing.refused(
        registered,
        withJson(registered, container, "{\"m2m:cnt\":{\"et\":\"20200101T000000\"}}"),
        4000,
        400,
        Refusal.EXPIRATION_IN_THE_PAST);
    RequestPrimitive value =
        NodeClient.create(remoteCse(node), CseResources.CONTENT_INSTANCE.code())
            .from(node.enrolee().csi().value())
            .content(Representation.of(CseResources.CONTENT_INSTANCE.root(), Attributes.NONE))
            .build();
    assertThat(registered.send(value).statusCode()).isEqualTo(4108);
  }

  @Test
  void contentMustBeWellFormed() {
    RequestPrimitive container = container(node).build();
    for (String json : List.of("{\"m2m:cnt\":{", "{}", "[]", "{\"m2m:ae\":{}}", "\"m2m:cnt\"")) {
      refusing.refused(
          registered, withJson(registered, container, json), 4000, 400, Refusal.MALFORMED_CONTENT);
    }
  }

  @Test
  void anotherNodesResourcesAreOutOfReach() {
    String own = other.enrolee().csi().value();
    for (RequestPrimitive request :
        List.of(
            request(Operation.RETRIEVE, remoteCse(node)).from(own).build(),
            request(Operation.DELETE, remoteCse(node)).from(own).build(),
            request(Operation.UPDATE, remoteCse(node))
                .from(own)
                .content(
                    Representation.of(
                        CseResources.REMOTE_CSE.root(),
                        Attributes.builder().put("rr", true).build()))
                .build(),
            container(node).from(own).build())) {
      refusing.refused(unregistered, request, 4103, 403, Refusal.NO_PRIVILEGE);
    }
  }

  @Test
  void anAssociatedCseRegistersNoAe() {
    RequestPrimitive ae =
        NodeClient.create(BASE, CseResources.AE.code())
            .from(node.enrolee().csi().value())
            .content(
                Representation.of(
                    CseResources.AE.root(),
                    Attributes.builder()
                        .put("api", "Norg.mooring.test")
                        .put("rr", false)
                        .put("srv", List.of("3"))
                        .build()))
            .build();
    refusing.refused(registered, ae, 4005, 405, Refusal.OPERATION_NOT_OFFERED);
  }

  @Test
  void aPathOfAnotherRoleIsNotServed() {
    refusing.refused(registered, clientRegistration(MEF), 4103, 403, Refusal.PATH_OF_ANOTHER_ROLE);
  }

  private static RequestPrimitive.Builder container(NodeClient owner) {
    return NodeClient.create(remoteCse(owner), CseResources.CONTAINER.code())
        .from(owner.enrolee().csi().value())
        .content(Representation.of(CseResources.CONTAINER.root(), Attributes.NONE));
  }

  private static String remoteCse(NodeClient owner) {
    return BASE + "/" + owner.enrolee().csi().stem();
  }
}
