// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
@Timeout(120)
class GatewayTrackedAesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final AppId PUMPS = new AppId("Npump");
  private static final AppId VALVES = new AppId("Nvalve");
  private static final AeId AT_GATEWAY = new AeId("/mn-1/Cpump");
  private static final String OF_GATEWAY = "/id-in/-/mn-1";

  @TempDir private Path folder;
  private RunningServer in;
  private AppOperator operator;
  private RunningGateway gateway;
  private SecureEndpoint pump;
  private NodeClient node;
  private SecureEndpoint ofNode;

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
  private SecureEndpoint instance(RunningGateway at, AppId app) {
    CseId csi = at.enrolee().csi();
    return at.associatedInstance(operator.token(app, csi, csi.stem()), "Cpump");
  }

  /** A rule for these registrars that names the stem in full. */
  private void tie(boolean roaming, Enrolee... registrars) {
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

  private void tie() {
    tie(true, gateway.enrolee(), node.enrolee());
  }

  private AeId atNode() {
    return new AeId(node.enrolee().csi() + "/Cpump");
  }

  private static ResponseStatusCode register(SecureEndpoint association, String registrar) {
    return register(association, registrar, PUMPS);
  }

  private static ResponseStatusCode register(
      SecureEndpoint association, String registrar, AppId application) {
    Attributes ae =
        Attributes.builder()
            .put("api", application.value())
            .put("rr", false)
            .put("srv", List.of("3"))
            .put("rn", "pump")
            .put("trps", true)
            .build();
    return send(
            association,
            NodeClient.create(registrar + "/-", CseResources.AE.code())
                .from("Cpump")
                .content(Representation.of(CseResources.AE.root(), ae))
                .build())
        .status();
  }

  private ResponseStatusCode register() {
    return register(pump, "/mn-1");
  }

  private static ResponseStatusCode publish(
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

  private ResponseStatusCode publish(String name) {
    return publish(pump, "Cpump", OF_GATEWAY, name);
  }

  private static ResponseStatusCode read(SecureEndpoint association, String from, String to) {
    return send(association, NodeClient.request(Operation.RETRIEVE, to).from(from).build())
        .status();
  }

  private ResponseStatusCode notified(String to, RegistrationPointChange change) {
    return notified(ofNode, node.enrolee().csi().value(), to, change);
  }

  private static ResponseStatusCode notified(
      SecureEndpoint association, String from, String to, RegistrationPointChange change) {
    return send(
            association,
            NodeClient.request(Operation.NOTIFY, to).from(from).content(change.toContent()).build())
        .status();
  }

  private ResponseStatusCode arriveAtNode() {
    return notified("/id-in/-", RegistrationPointChange.arrivalOf(atNode()));
  }

  private ResponseStatusCode isAtNode() {
    return notified("/id-in/-", RegistrationPointChange.confirmationOf(atNode()));
  }

  /** Whether the gateway has the {@code <AE>}, as that AE sees it. */
  private boolean isHere() {
    return read(pump, "Cpump", "/mn-1/Cpump") == ResponseStatusCode.OK;
  }

  private void awaitGone() {
    await().atMost(PATIENCE).until(() -> gateway.audited("AE_DEREGISTERED").size() == 1);
    assertThat(gateway.audited("AE_DEREGISTERED").get(0).text("actor")).contains("/id-in");
    assertThat(isHere()).isFalse();
  }

  /** As if the AE had come to the node and the gateway had missed the notice. */
  private void moveUnheard() throws SQLException {
    try (Connection database =
            DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("in").resolve("mooring.db"));
        PreparedStatement statement =
            database.prepareStatement(
                "UPDATE registration_point SET moved_to = ? WHERE ae = '/mn-1/Cpump'")) {
      statement.setString(1, atNode().value());
      assertThat(statement.executeUpdate()).isOne();
    }
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 steps 006f to 008f: from a node to the gateway")
  void fromANodeToTheGateway() {
    tie();
    String flow = "/id-in/-" + node.enrolee().csi() + "/flow";
    assertThat(arriveAtNode()).isEqualTo(ResponseStatusCode.OK);
    publish(ofNode, atNode().value(), "/id-in/-" + node.enrolee().csi(), "flow");

    assertThat(register()).isEqualTo(ResponseStatusCode.CREATED);

    assertThat(read(pump, "Cpump", flow)).isEqualTo(ResponseStatusCode.OK);
    assertThat(read(ofNode, atNode().value(), flow))
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
    assertThat(isAtNode()).isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED);
    assertThat(register())
        .as("is registered here")
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED);
  }

  @Test
  @DisplayName("TS-0001 10.2.16.1: from the gateway, which is notified, to a node and back")
  void fromTheGatewayToANodeAndBack() {
    tie();
    assertThat(register()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(publish("flow")).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(publish(pump, "Cpump", "/mn-1/Cpump", "kept")).isEqualTo(ResponseStatusCode.CREATED);

    assertThat(arriveAtNode()).isEqualTo(ResponseStatusCode.OK);

    awaitGone();
    assertThat(publish("late")).isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
    assertThat(read(ofNode, atNode().value(), OF_GATEWAY + "/flow"))
        .isEqualTo(ResponseStatusCode.OK);

    assertThat(register()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(read(pump, "Cpump", OF_GATEWAY + "/flow")).isEqualTo(ResponseStatusCode.OK);
    assertThat(read(pump, "Cpump", "/mn-1/-/pump/kept"))
        .as("what stood below its <AE> went with it")
        .isEqualTo(ResponseStatusCode.NOT_FOUND);
    assertThat(isAtNode()).isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED);
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 case f: from one gateway to another")
  void fromOneGatewayToAnother() {
    try (RunningGateway other =
        RunningGateway.started(in, "/mn-2", folder.resolve("other"), InstantSource.system())) {
      other.awaitAnnounced(0);
      tie(true, gateway.enrolee(), other.enrolee());
      SecureEndpoint there = instance(other, PUMPS);
      register();
      publish("flow");

      assertThat(register(there, "/mn-2")).isEqualTo(ResponseStatusCode.CREATED);

      awaitGone();
      assertThat(read(there, "Cpump", OF_GATEWAY + "/flow")).isEqualTo(ResponseStatusCode.OK);
    }
  }

  @Test
  @DisplayName("An instance of another application takes no stem along, whatever its App-Inst-ID")
  void anInstanceOfAnotherApplicationTakesNothingAlong() {
    try (RunningGateway other =
        RunningGateway.started(in, "/mn-2", folder.resolve("other"), InstantSource.system())) {
      other.awaitAnnounced(0);
      tie(true, gateway.enrolee(), other.enrolee());
      SecureEndpoint valve = instance(other, VALVES);
      register();
      publish("flow");

      assertThat(register(valve, "/mn-2", PUMPS))
          .isEqualTo(ResponseStatusCode.APP_RULE_VALIDATION_FAILED);
      assertThat(register(valve, "/mn-2", VALVES)).isEqualTo(ResponseStatusCode.CREATED);

      assertThat(read(valve, "Cpump", OF_GATEWAY + "/flow"))
          .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
      assertThat(publish("level")).isEqualTo(ResponseStatusCode.CREATED);
      assertThat(isHere()).isTrue();
    }
  }

  @Test
  @DisplayName("TS-0001 10.2.16.2: a gateway that was away asks when it is back")
  void aGatewayThatWasAwayAsksWhenItIsBack() {
    tie();
    register();
    gateway.stop();

    assertThat(arriveAtNode()).isEqualTo(ResponseStatusCode.OK);
    gateway.goOn();

    await().atMost(PATIENCE).until(() -> gateway.audited("AE_DEREGISTERED").size() == 1);
  }

  @Test
  @DisplayName("TS-0001 10.2.16.2: it asks where the IN-CSE refuses a request of the AE's")
  void itAsksWhereTheAeIsRefused() throws SQLException {
    tie();
    register();
    moveUnheard();

    assertThat(publish("late")).isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);

    awaitGone();
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 case f: one that comes back takes the place of what it left")
  void oneThatComesBackUnheardRegistersAnew() throws SQLException {
    tie();
    register();
    publish(pump, "Cpump", "/mn-1/Cpump", "kept");
    moveUnheard();

    assertThat(register()).isEqualTo(ResponseStatusCode.CREATED);

    assertThat(gateway.audited("AE_DEREGISTERED")).hasSize(1);
    assertThat(gateway.audited("AE_REGISTERED")).hasSize(2);
    assertThat(read(pump, "Cpump", "/mn-1/-/pump/kept")).isEqualTo(ResponseStatusCode.NOT_FOUND);
    assertThat(publish("flow")).isEqualTo(ResponseStatusCode.CREATED);
  }

  @Test
  @DisplayName("A rule that is not for AEs that roam lets it register and take nothing along")
  void withoutARoamingRuleNothingIsTakenAlong() {
    tie(false, gateway.enrolee(), node.enrolee());
    arriveAtNode();
    publish(ofNode, atNode().value(), "/id-in/-" + node.enrolee().csi(), "flow");

    assertThat(register()).isEqualTo(ResponseStatusCode.CREATED);

    String flow = "/id-in/-" + node.enrolee().csi() + "/flow";
    assertThat(read(pump, "Cpump", flow)).isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    assertThat(read(ofNode, atNode().value(), flow)).isEqualTo(ResponseStatusCode.OK);
    assertThat(isAtNode()).isEqualTo(ResponseStatusCode.OK);
  }

  @Test
  @DisplayName("An AE that the service subscription does not let register is told of to nobody")
  void whoMayNotRegisterTakesNothingAlong() {
    tie();
    arriveAtNode();

    assertThat(register(pump, "/mn-1", VALVES))
        .isEqualTo(ResponseStatusCode.APP_RULE_VALIDATION_FAILED);

    assertThat(isAtNode()).isEqualTo(ResponseStatusCode.OK);
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 step 008f: without the IN-CSE's answer there is no <AE>")
  void withoutAnAnswerItIsNotRegistered() {
    tie();
    register();
    assertThat(
            send(pump, NodeClient.request(Operation.DELETE, "/mn-1/Cpump").from("Cpump").build())
                .status())
        .isEqualTo(ResponseStatusCode.DELETED);

    in.close();

    assertThat(register()).isEqualTo(ResponseStatusCode.TARGET_NOT_REACHABLE);
    assertThat(gateway.audited("AE_REGISTERED")).hasSize(1);
    assertThat(isHere()).isFalse();
  }

  @Test
  @DisplayName("TS-0001 10.2.16.1: no notice is taken at its word but the IN-CSE's")
  void aForgedNoticeHasNoEffect() {
    tie();
    register();
    in.enrolled("below", Attributes.builder().put("registrar", "/mn-1").build());
    try (NodeClient below = in.node("below")) {
      SecureEndpoint ofBelow =
          gateway.associated(below.authenticated(below.enrolled(KeyUsage.PROVISIONED_FOR_MAF)));
      String csi = below.enrolee().csi().value();
      send(ofBelow, below.registration("/mn-1/-", below.remoteCse()).build());
      gateway.awaitAnnounced(1);
      AeId atBelow = new AeId(csi + "/Cpump");
      RegistrationPointChange taken = new RegistrationPointChange(Optional.of(AT_GATEWAY), atBelow);

      assertThat(notified(ofBelow, csi, "/mn-1/-", taken))
          .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
      assertThat(notified(ofBelow, "/id-in", "/mn-1/-", taken))
          .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
      assertThat(notified(ofBelow, csi, "/mn-1/-", RegistrationPointChange.arrivalOf(AT_GATEWAY)))
          .isEqualTo(ResponseStatusCode.BAD_REQUEST);
      assertThat(
              notified("/mn-1/-", new RegistrationPointChange(Optional.of(AT_GATEWAY), atNode())))
          .as("it is asked about")
          .isEqualTo(ResponseStatusCode.OK);

      assertThat(publish("flow")).isEqualTo(ResponseStatusCode.CREATED);
      assertThat(isHere()).isTrue();
      assertThat(gateway.audited("AE_DEREGISTERED")).isEmpty();
    }
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 case f: an UPDATE has it tracked from then on")
  void anUpdateHasItTracked() {
    tie();
    Attributes untracked =
        Attributes.builder().put("api", "Npump").put("rr", false).put("srv", List.of("3")).build();
    send(
        pump,
        NodeClient.create("/mn-1/-", CseResources.AE.code())
            .from("Cpump")
            .content(Representation.of(CseResources.AE.root(), untracked))
            .build());

    assertThat(
            send(
                    pump,
                    NodeClient.request(Operation.UPDATE, "/mn-1/Cpump")
                        .from("Cpump")
                        .content(
                            Representation.of(
                                CseResources.AE.root(),
                                Attributes.builder().put("trps", true).build()))
                        .build())
                .status())
        .isEqualTo(ResponseStatusCode.UPDATED);

    await().atMost(PATIENCE).until(this::isTracked);
    arriveAtNode();
    awaitGone();
  }

  private boolean isTracked() throws SQLException {
    try (Connection database =
            DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("in").resolve("mooring.db"));
        PreparedStatement statement =
            database.prepareStatement("SELECT 1 FROM registration_point WHERE ae = ?")) {
      statement.setString(1, AT_GATEWAY.value());
      return statement.executeQuery().next();
    }
  }
}
