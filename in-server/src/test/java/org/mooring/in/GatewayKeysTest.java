// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mooring.asn.Node;
import org.mooring.asn.vault.Function;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.RunningServer.Enrolee;

/** By which keys one gets in at an MN-CSE, and how long. */
class GatewayKeysTest extends GatewayScenario {
  /** By which a node knows that the MAF's silence is the MAF's. */
  @Test
  void aGatewayRelaysNoApplicationAssociation() {
    RequestPrimitive asked =
        NodeClient.create(TrustResourceNames.baseOf(MN), TrustResourceNames.APP_ASSOCIATION.code())
            .content(Representation.of(TrustResourceNames.APP_ASSOCIATION.root(), Attributes.NONE))
            .build();
    RequestPrimitive givenUp =
        NodeClient.request(
                Operation.DELETE, TrustResourceNames.below(MN, RelativeKeyId.random().toString()))
            .build();

    assertThat(send(asked).status()).isEqualTo(ResponseStatusCode.BAD_REQUEST);
    assertThat(send(givenUp).status()).isEqualTo(ResponseStatusCode.BAD_REQUEST);
  }

  /** TS-0003 clause 8.2.2.1: the key that the MEF provisioned for the gateway (usage 22). */
  @Test
  void aNodeOnPathDirectComesWithAKeyOfTheMef() {
    in.enrol("valve", EnrolmentPath.DIRECT, belowTheGateway());
    Enrolee valve = in.enrolee("valve");
    Node direct = started(valve, "vault of the valve");
    try {
      awaitAnnounced(2);
      assertThat(direct.state().registration(Function.MAF)).isEmpty();
      ResponsePrimitive published =
          NodeClient.await(
              direct.send(
                  NodeClient.create("/id-in/-/mn-1", CseResources.CONTAINER.code())
                      .from(valve.csi() + "/Cmeter")
                      .content(
                          Representation.of(
                              CseResources.CONTAINER.root(),
                              Attributes.builder().put("rn", "valve").build()))
                      .build()));
      assertThat(published.status()).isEqualTo(ResponseStatusCode.CREATED);
    } finally {
      direct.close();
    }
  }

  @Test
  void theSessionOfANodeThatIsRevokedAtTheProviderEndsOnceTheWordOfTheMafIsOld() {
    awaitAnnounced(1);
    assertThat(status().whole("sessions")).hasValue(1);
    NodeClient.await(in.in().admin().revokeEnrolee(pump.id(), "stolen"));

    clock.advance(Duration.ofSeconds(30));

    await().atMost(PATIENCE).until(() -> status().whole("sessions").orElse(-1) == 0);
  }

  @Test
  void nobodyGetsInByAKeyThatTheMafDoesNotGive() {
    KeyIdentifier unknown = RelativeKeyId.random().at(RunningServer.MAF);
    InetSocketAddress at =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.ports().coaps());
    try (SecureEndpoint stranger =
        endpoints.open(at, MN, new PskCredential(unknown, SecretKeyBytes.random()))) {
      assertThatThrownBy(() -> NodeClient.await(stranger.connect())).isNotNull();
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(NodeClient.await(gateway.admin().audit(100)))
                    .anySatisfy(
                        entry -> {
                          assertThat(entry.text("subject")).contains(unknown.toString());
                          assertThat(entry.members("detail").orElseThrow().text("reason"))
                              .hasValueSatisfying(
                                  reason ->
                                      assertThat(reason).contains("the issuer keeps the key back"));
                        }));
  }
}
