// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.NodeClient.session;
import static org.mooring.in.scenario.RunningServer.MAF;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.in.mef.FactoryKey;
import org.mooring.in.scenario.AppOperator;
import org.mooring.in.scenario.ApplicationHost;
import org.mooring.in.scenario.ApplicationHost.Claim;
import org.mooring.in.scenario.NodeClient;

/** AE Subscription Association (design sections 3 and 4), over real sockets. */
@Timeout(120)
class ApplicationAssociationTest extends ApplicationScenario {
  @Test
  @DisplayName(
      "Ka, computed from the token's secret and Km alone, opens what the MAF expects it to")
  void bothSidesDeriveTheSameKey() {
    Claim claim = Claim.of(token(METER, "node"), "C1");
    SecureEndpoint maf = node.atMaf();
    Attributes answer = attributes(send(maf, ApplicationHost.request(maf, claim)));
    assertThat(answer.text("aei")).contains(aeId("node", "C1"));
    assertThat(answer.text("cr")).contains(server.enrolee("node").absoluteCsi().value());

    PskCredential ka = node.key(claim, answer.text("kaid").orElseThrow());
    assertThat(shownInstance(METER).text("aeId")).contains(aeId("node", "C1"));
    SecureEndpoint application = node.node().atMaf(ka);
    Attributes registered = attributes(node.node().register(application, MAF));
    assertThat(registered.text("cr")).contains(aeId("node", "C1"));
    assertThat(registered.text("aski")).isEmpty();
  }

  /** The first instance that the operator is shown. */
  private Attributes shownInstance(AppId application) {
    Attributes shown = NodeClient.await(apps().show(application));
    AttributeValue.Items instances = (AttributeValue.Items) shown.get("instances").orElseThrow();
    return ((AttributeValue.Members) instances.values().get(0)).attributes();
  }

  @Test
  void theLifetimeIsStrictlyBelowThoseOfTheTokenAndOfKm() {
    ApplicationToken token = token(METER, "node");
    PskCredential ka = node.associated(token, "C1");

    Instant end = endOf(ka);
    assertThat(end).isBefore(token.validity().until());
    assertThat(end).isBefore(server.endOf(server.enrolee("node"), node.km()));
  }

  @Test
  void theNextKeyIsGivenBeforeTheEndOfOneThatWouldLiveLonger() {
    NodeClient client = server.preProvisioned(FactoryKey.KM, new KeyIdentifier("pump", MAF));
    ApplicationHost pump = new ApplicationHost(client, client.enrolee().credential());
    ApplicationToken token =
        operator.token(METER, Optional.empty(), List.of(client.enrolee().csi().value()));
    subscribeUntil(client, clock.instant().plus(Duration.ofHours(1)));

    PskCredential before = pump.associated(token, "C1");
    assertThat(pump.associated(token, "C1").identity()).isEqualTo(before.identity());
    assertThat(clientKnownBy(client, before)).isEqualTo(client.enrolee().absoluteCsi() + "/C1");
    subscribeUntil(client, M2mTimestamp.NEVER);
    PskCredential after = pump.associated(token, "C1");

    assertThat(after.identity()).isNotEqualTo(before.identity());
    assertThat(pump.associated(token, "C1").identity()).isEqualTo(after.identity());
    assertThat(List.of(before, after))
        .as("the one before opens sessions until the next one has")
        .allMatch(ka -> clientKnownBy(client, ka).endsWith("/C1"));
    client.close();
  }

  private static String clientKnownBy(NodeClient client, PskCredential ka) {
    return attributes(client.register(client.atMaf(ka), MAF)).text("cr").orElseThrow();
  }

  private void subscribeUntil(NodeClient client, Instant end) {
    NodeClient.await(server.in().admin().extendEnrolee(client.enrolee().id(), end));
  }

  private Instant endOf(PskCredential ka) {
    Attributes shown = attributes(send(node.atMaf(), at(Operation.RETRIEVE, ka)));
    assertThat(shown.text("kaid")).contains(ka.identity().toString());
    return M2mTimestamp.parse(shown.text("et").orElseThrow()).orElseThrow();
  }

  @Test
  void theSameIdsAreAnsweredTheSameUntilKmIsAnother() {
    ApplicationToken token = token(METER, "node");
    PskCredential first = node.associated(token, "C1");

    assertThat(node.associated(token, "C1").identity()).isEqualTo(first.identity());
    assertThat(node.associated(token, "C2").identity()).isNotEqualTo(first.identity());

    ApplicationHost again = host("node");
    assertThat(again.associated(token, "C1").identity()).isNotEqualTo(first.identity());
    again.node().close();
  }

  @Test
  void anInstanceReachesWhatItMadeThroughItsNodeWithAnAssociationOfItsOwn() {
    SecureEndpoint cse = node.node().atCse(node.node().associated(node.km()));
    send(cse, node.node().registration(node.node().remoteCse()).build());
    String csi = server.enrolee("node").csi().value();
    String below = "/id-in/-" + csi;
    assertCreated(send(cse, container(below, csi + "/C1", "data")));
    assertCreated(send(cse, container(below, csi, "settings")));

    SecureEndpoint own = node.atCse(node.associated(token(METER, "node"), "C1"));

    assertThat(
            send(own, request(Operation.RETRIEVE, below + "/data").from(csi + "/C1").build())
                .status())
        .isEqualTo(ResponseStatusCode.OK);
    assertThat(
            send(own, request(Operation.RETRIEVE, below + "/settings").from(csi + "/C1").build())
                .status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    assertThat(
            send(own, request(Operation.RETRIEVE, below + "/settings").from(csi).build()).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
  }

  private static RequestPrimitive container(String to, String from, String name) {
    return NodeClient.create(to, CseResources.CONTAINER.code())
        .from(from)
        .content(
            Representation.of(
                CseResources.CONTAINER.root(), Attributes.builder().put("rn", name).build()))
        .build();
  }

  private static void assertCreated(ResponsePrimitive answer) {
    assertThat(answer.status()).isEqualTo(ResponseStatusCode.CREATED);
  }

  @Test
  void aNodeGivesAnInstanceUpAndMayHaveItAgainUnderAnotherKey() {
    ApplicationToken token = token(METER, "node");
    PskCredential ka = node.associated(token, "C1");
    ApplicationHost other = host("other");

    assertThat(send(other.atMaf(), at(Operation.DELETE, ka)).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    assertThat(send(node.atMaf(), at(Operation.DELETE, ka)).status())
        .isEqualTo(ResponseStatusCode.DELETED);

    assertThat(send(node.atMaf(), at(Operation.RETRIEVE, ka)).status())
        .isEqualTo(ResponseStatusCode.NOT_FOUND);
    assertThat(node.associated(token, "C1").identity()).isNotEqualTo(ka.identity());
    other.node().close();
  }

  @Test
  void givingAnEarlierKeyUpEndsThatOneAlone() {
    ApplicationToken token = token(METER, "node");
    PskCredential earlier = node.associated(token, "C1");
    node.node().register(node.node().atMaf(earlier), MAF);
    ApplicationHost again = host("node");
    PskCredential later = again.associated(token, "C1");

    assertThat(send(again.atMaf(), at(Operation.DELETE, earlier)).status())
        .isEqualTo(ResponseStatusCode.DELETED);

    assertThat(send(again.atMaf(), at(Operation.RETRIEVE, later)).status())
        .isEqualTo(ResponseStatusCode.OK);
    again.node().close();
  }

  @Test
  void anAppInstIdStaysTheApplicationsThatHadItFirst() {
    PskCredential ka = node.associated(token(METER, "node"), "C1");
    send(node.atMaf(), at(Operation.DELETE, ka));
    SecureEndpoint maf = node.atMaf();

    ResponsePrimitive answer =
        send(maf, ApplicationHost.request(maf, Claim.of(token(PUMP, "node"), "C1")));

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.CONFLICT);
  }

  @Test
  void whatDoesNotProveATokenInItsOwnSessionIsRefusedAndRecorded() {
    ApplicationToken token = token(METER, "node");
    ApplicationToken strangers = token(PUMP, "node");
    ApplicationToken elsewhere = token(METER, "other");
    ApplicationToken later =
        operator.token(
            METER,
            Optional.of(clock.instant().plus(AppOperator.LIFE.dividedBy(2))),
            operator.namesOf("node"));
    SecureEndpoint maf = node.atMaf();
    Claim good = Claim.of(token, "C1");
    byte[] ofAnotherSession = good.proof(session(node.atMaf()).channelBinding());
    byte[] ofAnotherInstance = Claim.of(token, "C2").proof(session(maf).channelBinding());

    assertRefused(send(maf, ApplicationHost.request(maf, forged(token))), "the proof does not fit");
    assertRefused(
        send(
            maf,
            ApplicationHost.request(
                maf, new Claim(METER, "C1", strangers.id(), strangers.secret()))),
        "the token is of another App-ID");
    assertRefused(
        send(maf, ApplicationHost.request(maf, Claim.of(elsewhere, "C1"))),
        "the token does not name this node");
    assertRefused(
        send(maf, ApplicationHost.request(maf, Claim.of(later, "C1"))),
        "the token is not valid yet");
    assertRefused(
        send(maf, ApplicationHost.request(good, ofAnotherSession)), "the proof does not fit");
    assertRefused(
        send(maf, ApplicationHost.request(good, ofAnotherInstance)), "the proof does not fit");

    assertCreated(send(maf, ApplicationHost.request(maf, good)));
    clock.advance(AppOperator.LIFE);
    SecureEndpoint tooLate = host("node").atMaf();
    assertRefused(send(tooLate, ApplicationHost.request(tooLate, good)), "the token expired");
  }

  /** With the id of one that was issued, and a secret made up. */
  private static Claim forged(ApplicationToken token) {
    return new Claim(token.application(), "C1", token.id(), SecretKeyBytes.random());
  }

  private void assertRefused(ResponsePrimitive answer, String reason) {
    assertThat(answer.status()).isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    await().untilAsserted(() -> assertThat(operator.lastRefusal()).startsWith(reason));
  }

  @Test
  void theProviderKnowsNoAppIdOfThisTokenToAnybodyWithoutItsSecret() {
    ApplicationToken token = token(METER, "node");
    SecureEndpoint maf = node.atMaf();
    List<Claim> guesses =
        List.of(
            forged(token),
            new Claim(new AppId("Nnothing"), "C1", token.id(), SecretKeyBytes.random()),
            new Claim(METER, "C1", new TokenId("guess", MAF), SecretKeyBytes.random()));

    assertThat(guesses)
        .extracting(guess -> send(maf, ApplicationHost.request(maf, guess)))
        .extracting(answer -> answer.status() + " " + answer.debugInfo())
        .containsOnly(
            send(maf, ApplicationHost.request(maf, forged(token))).status()
                + " "
                + send(maf, ApplicationHost.request(maf, forged(token))).debugInfo());
  }
}
