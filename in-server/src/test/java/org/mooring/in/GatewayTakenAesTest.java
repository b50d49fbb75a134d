// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.send;

import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.RegistrationPointChange;
import org.mooring.in.scenario.ApplicationHost;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningGateway;

/** Who gets nothing of what an AE has that takes its stem along, and what is not registered. */
@Timeout(120)
class GatewayTakenAesTest extends GatewayTrackedAesScenario {
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
  @DisplayName("Nor does one that was revoked: an App-Inst-ID stays its application's")
  void anEndedInstanceOfAnotherApplicationTakesNothingAlong() {
    in.enrolled("valves");
    try (NodeClient valves = in.node("valves")) {
      String csi = valves.enrolee().csi().value();
      AeId valve = new AeId(csi + "/Cpump");
      NodeClient.Ladder keys = valves.climbed();
      new ApplicationHost(valves, keys.km()).associated(operator.token(VALVES, "valves"), "Cpump");
      SecureEndpoint association = valves.atCse(keys.kc());
      send(association, valves.registration(valves.remoteCse()).build());
      tie(true, gateway.enrolee(), valves.enrolee());
      register();
      publish("flow");
      NodeClient.await(
          operator
              .apps()
              .revokeInstance(
                  VALVES, new AppInstanceId("Cpump"), valves.enrolee().csi(), "taken over"));

      assertThat(notified(association, csi, "/id-in/-", RegistrationPointChange.arrivalOf(valve)))
          .isEqualTo(ResponseStatusCode.OK);

      assertThat(read(association, valve.value(), OF_GATEWAY + "/flow"))
          .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
      assertThat(publish("level")).isEqualTo(ResponseStatusCode.CREATED);
      assertThat(isHere()).isTrue();
    }
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
}
