// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.mooring.asn.Node;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.RegistrationPointChange;
import org.mooring.in.admin.SubscriptionAdmin;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer.Enrolee;

/** What comes down to an MN-CSE and to the nodes below it. */
class GatewayDescentTest extends GatewayScenario {
  /** TS-0001 clause 10.2.2.2 case f, from a node behind the gateway to one beside it. */
  @Test
  void anAeWhoseRegistrationPointsAreTrackedLeavesTheNodeBehindTheGateway() {
    awaitAnnounced(1);
    try (NodeClient valve = in.node("beside")) {
      tie(pump, valve.enrolee());
      SecureEndpoint association =
          valve.atCse(valve.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION));
      NodeClient.send(association, valve.registration(valve.remoteCse()).build());
      List<RequestPrimitive> heard = new CopyOnWriteArrayList<>();
      node.serve(
          inbound -> {
            heard.add(inbound.request());
            return CompletableFuture.completedStage(
                ResponsePrimitive.of(ResponseStatusCode.OK, inbound.request().requestId()));
          });
      AeId behind = new AeId(ae());
      AeId beside = new AeId(valve.enrolee().csi() + "/Cmeter");
      assertThat(notified("/mn-1/-", RegistrationPointChange.arrivalOf(behind)).status())
          .isEqualTo(ResponseStatusCode.OK);
      assertThat(createContainer("meter").status()).isEqualTo(ResponseStatusCode.CREATED);

      RequestPrimitive arrival =
          notification("/id-in/-", RegistrationPointChange.arrivalOf(beside));
      assertThat(NodeClient.send(association, arrival).status()).isEqualTo(ResponseStatusCode.OK);

      await().atMost(PATIENCE).until(() -> !heard.isEmpty());
      assertThat(RegistrationPointChange.of(heard.get(0)))
          .isEqualTo(new RegistrationPointChange(Optional.of(behind), beside));
      assertThat(createContainer("late").status())
          .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
      assertThat(notified("/mn-1/-", RegistrationPointChange.confirmationOf(behind)).status())
          .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED);
      RequestPrimitive read =
          NodeClient.request(Operation.RETRIEVE, "/id-in/-/mn-1/meter")
              .from(beside.value())
              .build();
      assertThat(NodeClient.send(association, read).status()).isEqualTo(ResponseStatusCode.OK);
    }
  }

  /** One rule for both nodes that names the stem as that of an AE that roams. */
  private void tie(Enrolee... nodes) {
    SubscriptionAdmin subscriptions = in.in().admin().serviceSubscriptions();
    ResourceName contract = new ResourceName("contract");
    ResourceName meters = new ResourceName("meters");
    NodeClient.await(subscriptions.create(contract));
    NodeClient.await(
        subscriptions.setRule(
            meters,
            Attributes.builder()
                .put("apps", List.of("Nmeter"))
                .put("aes", List.of("Cmeter"))
                .put("roaming", true)
                .build()));
    for (Enrolee node : nodes) {
      NodeClient.await(subscriptions.link(contract, Optional.of(node.id()), List.of(meters)));
    }
  }

  private ResponsePrimitive notified(String to, RegistrationPointChange change) {
    return send(notification(to, change));
  }

  private static RequestPrimitive notification(String to, RegistrationPointChange change) {
    return NodeClient.request(Operation.NOTIFY, to)
        .from(change.present().registrar().value())
        .content(change.toContent())
        .build();
  }

  /** A node that is registered at the IN-CSE itself. */
  private SecureEndpoint registered(NodeClient above) {
    SecureEndpoint endpoint = above.atCse(above.associated());
    assertThat(NodeClient.send(endpoint, above.registration(above.remoteCse()).build()).status())
        .isEqualTo(ResponseStatusCode.CREATED);
    return endpoint;
  }

  private static ResponsePrimitive retrieve(SecureEndpoint over, String from, String to) {
    return NodeClient.send(over, NodeClient.request(Operation.RETRIEVE, to).from(from).build());
  }

  @Test
  void whatIsAskedAboveGoesDownToTheGatewayAndToTheNodesBelowIt() {
    awaitAnnounced(1);
    in.enrolled("watch", Attributes.NONE);
    try (NodeClient above = in.node("watch")) {
      SecureEndpoint over = registered(above);
      String from = above.enrolee().csi() + "/Cwatch";

      assertThat(NodeClient.attributes(retrieve(over, from, pump.csi() + "/-")).text("csi"))
          .contains(pump.csi().value());
      assertThat(NodeClient.attributes(retrieve(over, from, "/mn-1/-")).whole("cst")).hasValue(2);
      assertThat(retrieve(over, from, "/mn-1/-" + pump.csi()).status())
          .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
      assertThat(retrieve(over, from, pump.csi() + "/-/none").status())
          .isEqualTo(ResponseStatusCode.NOT_FOUND);
      assertThat(retrieve(over, ae(), "/mn-1/-").status())
          .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);

      node.close();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  retrieve(over, from, pump.csi() + "/-").status()
                      == ResponseStatusCode.TARGET_NOT_REACHABLE);
    }
  }

  @Test
  void nodesBelowOneGatewayReachEachOtherThroughIt() {
    Enrolee valve = in.enrolled("valve", belowTheGateway());
    Node other = started(valve, "vault of the valve");
    try {
      ResponsePrimitive base =
          send(NodeClient.request(Operation.RETRIEVE, valve.csi() + "/-").from(ae()).build());
      assertThat(NodeClient.attributes(base).text("csi")).contains(valve.csi().value());
    } finally {
      other.close();
    }
  }
}
