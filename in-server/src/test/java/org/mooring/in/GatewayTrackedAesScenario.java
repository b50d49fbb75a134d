// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.RegistrationPointChange;
import org.mooring.in.admin.SubscriptionAdmin;
import org.mooring.in.scenario.AppOperator;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningGateway;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.RunningServer.Enrolee;

/**
 * AEs that take a stem of their registrar's along, to and from an MN-CSE (TS-0001 clause 10.2.2.2
 * case f), over real sockets: one with an association of its own with the gateway, which is on a
 * node beside it at other times.
 */
abstract class GatewayTrackedAesScenario {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final AppId PUMPS = new AppId("Npump");
  static final AppId VALVES = new AppId("Nvalve");
  static final AeId AT_GATEWAY = new AeId("/mn-1/Cpump");
  static final String OF_GATEWAY = "/id-in/-/mn-1";

  @TempDir Path folder;
  RunningServer in;
  AppOperator operator;
  RunningGateway gateway;
  SecureEndpoint pump;
  NodeClient node;
  SecureEndpoint ofNode;

  @BeforeEach
  void anAeThatCanBeAtAGatewayAndOnANode() {
    in = givenServer(folder.resolve("in")).withDirectEnrolee("node").started();
    gateway = RunningGateway.started(in, "/mn-1", folder.resolve("mn"), InstantSource.system());
    gateway.awaitAnnounced(0);
    operator = new AppOperator(in, InstantSource.system());
    operator.registers(PUMPS, VALVES);
    pump = instance(gateway, PUMPS);
    node = in.node("node");
    ofNode = node.atCse(node.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION));
    assertThat(send(ofNode, node.registration(node.remoteCse()).build()).status())
        .isEqualTo(ResponseStatusCode.CREATED);
  }

  @AfterEach
  void stop() {
    pump.close();
    node.close();
    gateway.close();
    in.close();
  }

  /** An association of the application's instance Cpump on the gateway's node. */
  SecureEndpoint instance(RunningGateway at, AppId app) {
    CseId csi = at.enrolee().csi();
    return at.associatedInstance(operator.token(app, csi, csi.stem()), "Cpump");
  }

  /** A rule for these registrars that names the stem in full. */
  void tie(boolean roaming, Enrolee... registrars) {
    SubscriptionAdmin subscriptions = in.in().admin().serviceSubscriptions();
    ResourceName contract = new ResourceName("contract");
    ResourceName pumps = new ResourceName("pumps");
    NodeClient.await(subscriptions.create(contract));
    Attributes.Builder rule =
        Attributes.builder().put("apps", List.of("Npump")).put("aes", List.of("Cpump"));
    if (roaming) {
      rule.put("roaming", true);
    }
    NodeClient.await(subscriptions.setRule(pumps, rule.build()));
    for (Enrolee registrar : registrars) {
      NodeClient.await(subscriptions.link(contract, Optional.of(registrar.id()), List.of(pumps)));
    }
  }

  void tie() {
    tie(true, gateway.enrolee(), node.enrolee());
  }

  AeId atNode() {
    return new AeId(node.enrolee().csi() + "/Cpump");
  }

  static ResponseStatusCode register(SecureEndpoint association, String registrar) {
    return register(association, registrar, PUMPS);
  }

  static ResponseStatusCode register(
      SecureEndpoint association, String registrar, AppId application) {
    return send(association, registration(registrar, application)).status();
  }

  static RequestPrimitive registration(String registrar, AppId application) {
    Attributes ae =
        Attributes.builder()
            .put("api", application.value())
            .put("rr", false)
            .put("srv", List.of("3"))
            .put("rn", "pump")
            .put("trps", true)
            .build();
    return NodeClient.create(registrar + "/-", CseResources.AE.code())
        .from("Cpump")
        .content(Representation.of(CseResources.AE.root(), ae))
        .build();
  }

  ResponseStatusCode register() {
    return register(pump, "/mn-1");
  }

  static ResponseStatusCode publish(
      SecureEndpoint association, String from, String parent, String name) {
    return send(
            association,
            NodeClient.create(parent, CseResources.CONTAINER.code())
                .from(from)
                .content(
                    Representation.of(
                        CseResources.CONTAINER.root(),
                        Attributes.builder().put("rn", name).build()))
                .build())
        .status();
  }

  ResponseStatusCode publish(String name) {
    return publish(pump, "Cpump", OF_GATEWAY, name);
  }

  static ResponseStatusCode read(SecureEndpoint association, String from, String to) {
    return send(association, NodeClient.request(Operation.RETRIEVE, to).from(from).build())
        .status();
  }

  ResponseStatusCode notified(String to, RegistrationPointChange change) {
    return notified(ofNode, node.enrolee().csi().value(), to, change);
  }

  static ResponseStatusCode notified(
      SecureEndpoint association, String from, String to, RegistrationPointChange change) {
    return send(
            association,
            NodeClient.request(Operation.NOTIFY, to).from(from).content(change.toContent()).build())
        .status();
  }

  ResponseStatusCode arriveAtNode() {
    return notified("/id-in/-", RegistrationPointChange.arrivalOf(atNode()));
  }

  ResponseStatusCode isAtNode() {
    return notified("/id-in/-", RegistrationPointChange.confirmationOf(atNode()));
  }

  /** Whether the gateway has the {@code <AE>}, as that AE sees it. */
  boolean isHere() {
    return read(pump, "Cpump", "/mn-1/Cpump") == ResponseStatusCode.OK;
  }

  void awaitGone() {
    await().atMost(PATIENCE).until(() -> gateway.audited("AE_DEREGISTERED").size() == 1);
    assertThat(gateway.audited("AE_DEREGISTERED").get(0).text("actor")).contains("/id-in");
    assertThat(isHere()).isFalse();
  }
}
