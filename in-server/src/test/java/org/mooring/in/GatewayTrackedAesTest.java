// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.send;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningGateway;

/** Moves of an AE that takes its stem along, heard of at once or later. */
@Timeout(120)
class GatewayTrackedAesTest extends GatewayTrackedAesScenario {
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

    assertThat(gateway.audited("AE_DEREGISTERED"))
        .singleElement()
        .satisfies(ended -> assertThat(ended.text("actor")).contains("/id-in"));
    assertThat(gateway.audited("AE_REGISTERED")).hasSize(2);
    assertThat(read(pump, "Cpump", "/mn-1/-/pump/kept")).isEqualTo(ResponseStatusCode.NOT_FOUND);
    assertThat(publish("flow")).isEqualTo(ResponseStatusCode.CREATED);
  }

  @Test
  @DisplayName("TS-0001 10.2.16.2: it asks where a registration is answered as it was before")
  void itAsksWhereARegistrationIsRepeated() throws SQLException {
    tie();
    RequestPrimitive registration = registration("/mn-1", PUMPS);
    assertThat(send(pump, registration).status()).isEqualTo(ResponseStatusCode.CREATED);
    moveUnheard();

    assertThat(send(pump, registration).status()).isEqualTo(ResponseStatusCode.CREATED);

    awaitGone();
    assertThat(send(pump, registration).status()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(publish("flow")).isEqualTo(ResponseStatusCode.CREATED);
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
