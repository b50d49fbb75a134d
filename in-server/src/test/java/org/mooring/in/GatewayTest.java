// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.subscription.Profile;
import org.mooring.in.scenario.NodeClient;

/** What registers with an MN-CSE, and what it sends on to the IN-CSE. */
class GatewayTest extends GatewayScenario {
  @Test
  void whatAnAeOnTheNodePublishesPassesTheGateway() {
    awaitAnnounced(1);

    assertThat(createContainer("meter").status()).isEqualTo(ResponseStatusCode.CREATED);
    ResponsePrimitive instance =
        create(
            "//sp.example.org/id-in/-/mn-1/meter",
            CseResources.CONTENT_INSTANCE.code(),
            CseResources.CONTENT_INSTANCE.root(),
            Attributes.builder().put("con", "21.5").build());
    assertThat(instance.status()).isEqualTo(ResponseStatusCode.CREATED);
    RequestPrimitive latest =
        NodeClient.request(Operation.RETRIEVE, "/id-in/-/mn-1/meter/la").from(ae()).build();
    ResponsePrimitive read = send(latest);
    assertThat(NodeClient.attributes(read).text("con")).contains("21.5");
    assertThat(read.requestId()).isEqualTo(latest.requestId());
  }

  /** TS-0001 clause 10.2.2.2 case a, with a CSE between the registrar and the IN-CSE. */
  @Test
  void anAeWithAStemOfTheProvidersIsAnnouncedThroughTheGatewayAndSpeaksThroughIt() {
    awaitAnnounced(1);
    ResponsePrimitive announced = announce("S");
    assertThat(announced.status()).isEqualTo(ResponseStatusCode.CREATED);
    String stem = NodeClient.attributes(announced).text("ri").orElseThrow();
    assertThat(stem).startsWith("S").hasSizeGreaterThan(1);

    ResponsePrimitive published = createContainerAs("/" + stem, "meter");
    assertThat(published.status()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(createContainerAs("/Sother", "meter2").status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);

    assertThat(update(stem, "INACTIVE").status()).isEqualTo(ResponseStatusCode.UPDATED);
    assertThat(createContainerAs("/" + stem, "late").status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);

    assertThat(update(stem, pump.csi() + "/" + stem).status())
        .isEqualTo(ResponseStatusCode.UPDATED);
    assertThat(createContainerAs("/" + stem, "again").status())
        .isEqualTo(ResponseStatusCode.CREATED);
  }

  private ResponsePrimitive announce(String stem) {
    Attributes content =
        Attributes.builder()
            .put("lnk", pump.csi() + "/" + stem)
            .put("api", "Nmeter")
            .put("lbl", List.of("Credential-ID:"))
            .build();
    return send(
        NodeClient.create("/mn-1/-", CseResources.AE_ANNC.code())
            .from(pump.csi() + "/" + stem)
            .content(Representation.of(CseResources.AE_ANNC.root(), content))
            .build());
  }

  private ResponsePrimitive update(String stem, String link) {
    return send(
        NodeClient.request(Operation.UPDATE, "/mn-1/" + stem)
            .from(pump.csi() + "/" + stem)
            .content(
                Representation.of(
                    CseResources.AE_ANNC.root(), Attributes.builder().put("lnk", link).build()))
            .build());
  }

  private ResponsePrimitive createContainerAs(String from, String name) {
    return send(
        NodeClient.create("/id-in/-/mn-1", CseResources.CONTAINER.code())
            .from(from)
            .content(
                Representation.of(
                    CseResources.CONTAINER.root(), Attributes.builder().put("rn", name).build()))
            .build());
  }

  @Test
  void errorsOfTheRegistrarAndOfTheGatewayComeBack() {
    awaitAnnounced(1);

    RequestPrimitive.Builder nowhere = NodeClient.request(Operation.RETRIEVE, "/id-in/-/none");
    assertThat(send(nowhere.from(ae()).build()).status()).isEqualTo(ResponseStatusCode.NOT_FOUND);
    assertThat(send(nowhere.from("/other/Cmeter").build()).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
    ResponsePrimitive registration =
        create(
            "/id-in/-",
            CseResources.AE.code(),
            CseResources.AE.root(),
            Attributes.builder()
                .put("api", "Nmeter")
                .put("rr", false)
                .put("srv", List.of("3"))
                .build());
    assertThat(registration.status()).isEqualTo(ResponseStatusCode.BAD_REQUEST);
    RequestPrimitive below =
        NodeClient.request(Operation.RETRIEVE, pump.csi() + "/-").from(ae()).build();
    assertThat(send(below).status()).isEqualTo(ResponseStatusCode.TARGET_NOT_REACHABLE);
  }

  /** TS-0004 clause 7.3.2.7: the node knows no other CSE to ask. */
  @Test
  void aNodeIsToldItsServiceSubscriptionThroughTheGateway() {
    awaitAnnounced(1);
    String csi = pump.csi().value();

    Attributes node =
        NodeClient.attributes(
            send(
                NodeClient.request(Operation.RETRIEVE, "/mn-1/implied.node." + pump.csi().stem())
                    .from(csi)
                    .build()));

    assertThat(node.text("csi")).contains(csi);
    assertThat(node.texts("lbl")).containsExactly(Profile.LABEL_OF_NONE);
  }

  @Test
  void theTreeShowsTheRegistrarAndTheBaseIsOfAMiddleNode() {
    RequestPrimitive base =
        NodeClient.request(Operation.RETRIEVE, "/mn-1/-").from(pump.csi().value()).build();
    assertThat(NodeClient.attributes(send(base)).whole("cst")).hasValue(2);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                send(NodeClient.request(Operation.RETRIEVE, "/mn-1/-/id-in")
                            .from(pump.csi().value())
                            .build())
                        .status()
                    == ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
  }

  @Test
  void aDeregisteredNodeIsAnnouncedNoLonger() {
    awaitAnnounced(1);
    RequestPrimitive leave =
        NodeClient.request(Operation.DELETE, "/mn-1/-/" + pump.csi().stem())
            .from(pump.csi().value())
            .build();
    assertThat(send(leave).status()).isEqualTo(ResponseStatusCode.DELETED);

    awaitAnnounced(0);
    assertThat(createContainer("late").status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
  }

  @Test
  void aRestartedGatewayGoesOnWithItsNodes() {
    int port = gateway.ports().coaps();
    gateway.close();
    gateway = gateway(port, Optional.empty());

    awaitAnnounced(1);
    assertThat(createContainer("again").status()).isEqualTo(ResponseStatusCode.CREATED);
  }
}
