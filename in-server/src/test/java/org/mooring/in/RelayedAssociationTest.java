// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.NodeClient.session;
import static org.mooring.in.scenario.RunningServer.CSE;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.AppId;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.scenario.AdjustableClock;
import org.mooring.in.scenario.AppOperator;
import org.mooring.in.scenario.ApplicationHost;
import org.mooring.in.scenario.ApplicationHost.Claim;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.NodeClient.Ladder;
import org.mooring.in.scenario.RunningServer;

/**
 * AE Subscription Association through the IN-CSE (design section 4), over real sockets: in the
 * node's association, at the IN-CSE's base.
 */
@Timeout(120)
class RelayedAssociationTest {
  private static final AppId METER = new AppId("Nmeter");

  @TempDir private Path dataDir;
  private final AdjustableClock clock = new AdjustableClock();
  private RunningServer server;
  private AppOperator operator;
  private NodeClient node;
  private Ladder ladder;
  private ApplicationHost host;
  private SecureEndpoint cse;

  @BeforeEach
  void start() {
    server =
        givenServer(dataDir)
            .withClock(clock)
            .withEnrolee("node")
            .withDirectEnrolee("direct")
            .started();
    operator = new AppOperator(server, clock);
    operator.registers(METER);
    node = server.node("node");
    ladder = node.climbed();
    host = new ApplicationHost(node, ladder.km());
    cse = node.atCse(ladder.kc());
  }

  @AfterEach
  void stop() {
    node.close();
    server.close();
  }

  private ResponsePrimitive relayed(Claim claim) {
    return relayed(claim, claim.proof(session(cse).channelBinding()));
  }

  private ResponsePrimitive relayed(Claim claim, byte[] proof) {
    return send(cse, ApplicationHost.request(CSE, claim, proof).build());
  }

  private static RequestPrimitive at(Operation operation, PskCredential ka) {
    return request(operation, TrustResourceNames.below(CSE, ka.identity().relative())).build();
  }

  private Claim claim(String instance) {
    return Claim.of(operator.token(METER, "node"), instance);
  }

  /** Whether a key opens a session with the MAF now. */
  private boolean opens(PskCredential ka) {
    try (SecureEndpoint maf = node.atMaf(ka)) {
      return maf.connect().toCompletableFuture().handle((done, failure) -> failure == null).join();
    }
  }

  @Test
  void kaComesOfTheKmThatTheAssociationCameFrom() {
    Claim claim = claim("C1");

    ResponsePrimitive answer = relayed(claim);

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.CREATED);
    String csi = server.enrolee("node").absoluteCsi().value();
    assertThat(attributes(answer).text("cr")).contains(csi);
    assertThat(attributes(answer).text("aei")).contains(csi + "/C1");
    PskCredential ka = host.key(claim, attributes(answer).text("kaid").orElseThrow());
    assertThat(attributes(node.register(node.atMaf(ka), MAF)).text("cr")).contains(csi + "/C1");
  }

  @Test
  void theAuditLogTellsInWhichAssociationItWasAskedFor() {
    relayed(claim("C1"));

    assertThat(NodeClient.await(server.in().admin().audit(20)))
        .filteredOn(entry -> isOneOf(entry, "APP_INSTANCE_ASSOCIATED", "APP_KEY_DERIVED"))
        .hasSize(2)
        .allMatch(
            entry -> entry.text("actor").equals(Optional.of(ladder.kc().identity().toString())));
  }

  private static boolean isOneOf(Attributes entry, String... actions) {
    return entry.text("action").filter(List.of(actions)::contains).isPresent();
  }

  @Test
  void theSameProofIsWorthNothingInTheOtherSession() {
    Claim claim = claim("C1");
    SecureEndpoint maf = host.atMaf();
    byte[] ofMafSession = claim.proof(session(maf).channelBinding());
    byte[] ofAssociation = claim.proof(session(cse).channelBinding());

    assertNotProven(relayed(claim, ofMafSession));
    assertNotProven(send(maf, ApplicationHost.request(claim, ofAssociation)));

    assertThat(relayed(claim, ofAssociation).status()).isEqualTo(ResponseStatusCode.CREATED);
  }

  private void assertNotProven(ResponsePrimitive answer) {
    assertThat(answer.status()).isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    await()
        .untilAsserted(() -> assertThat(operator.lastRefusal()).startsWith("the proof does not"));
  }

  @Test
  void askedAgainItAnswersTheSameOnBothWays() {
    ApplicationToken token = operator.token(METER, "node");
    Claim claim = Claim.of(token, "C1");
    Attributes first = attributes(relayed(claim));

    assertThat(attributes(relayed(claim))).isEqualTo(first);

    PskCredential direct = host.associated(token, "C1");
    assertThat(direct.identity().toString()).isEqualTo(first.text("kaid").orElseThrow());
    assertThat(attributes(send(cse, at(Operation.RETRIEVE, direct)))).isEqualTo(first);
  }

  @Test
  void anAssociationThatCameFromTheKeIdIsGoodForTheKmIdThatWasAssignedSince() {
    PskCredential keId = node.enrolled(KeyUsage.PROVISIONED_FOR_MAF);
    PskCredential kmId = node.authenticated(keId);
    SecureEndpoint earlier = node.atCse(node.associated(keId));
    session(earlier);
    node.register(node.atMaf(kmId), MAF);
    assertThat(server.credentials(server.enrolee("node")))
        .containsEntry(keId.identity().toString(), "superseded");
    Claim claim = claim("C1");

    ResponsePrimitive answer =
        send(
            earlier,
            ApplicationHost.request(CSE, claim, claim.proof(session(earlier).channelBinding()))
                .build());

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.CREATED);
    ApplicationHost renewed = new ApplicationHost(node, kmId);
    assertThat(opens(renewed.key(claim, attributes(answer).text("kaid").orElseThrow()))).isTrue();
  }

  @Test
  void theNodeAsksForItselfAlone() {
    Claim claim = claim("C1");
    byte[] proof = claim.proof(session(cse).channelBinding());
    String csi = server.enrolee("node").csi().value();

    assertThat(
            send(cse, ApplicationHost.request(CSE, claim, proof).from(csi + "/C1").build())
                .status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
    assertThat(send(cse, ApplicationHost.request(CSE, claim, proof).from(csi).build()).status())
        .isEqualTo(ResponseStatusCode.CREATED);
  }

  @Test
  void aPathOfTheMafStaysTheMafs() {
    Claim claim = claim("C1");
    byte[] proof = claim.proof(session(cse).channelBinding());

    ResponsePrimitive answer = send(cse, ApplicationHost.request(claim, proof));

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    assertThat(answer.debugInfo().orElse(""))
        .contains("open a session with the function that serves this path");
  }

  @Test
  void aNodeOnThePathDirectIsToldThatItHasNoKm() {
    try (NodeClient direct = server.node("direct")) {
      SecureEndpoint association =
          direct.atCse(direct.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION));
      Claim claim = Claim.of(operator.token(METER, "direct"), "C1");

      ResponsePrimitive answer =
          send(
              association,
              ApplicationHost.request(
                      CSE, claim, claim.proof(session(association).channelBinding()))
                  .build());

      assertThat(answer.debugInfo().orElse("")).contains("enrol for the MAF (usage 21)");
    }
  }

  @Test
  void kaOutlivesTheAssociationAndEndsWithKm() {
    Claim claim = claim("C1");
    PskCredential ka = host.key(claim, attributes(relayed(claim)).text("kaid").orElseThrow());

    revoke(ladder.kc());
    assertThat(opens(ladder.kc())).isFalse();
    assertThat(opens(ka)).isTrue();

    revoke(ladder.km());
    assertThat(opens(ka)).isFalse();
  }

  @Test
  void afterTheRevocationOfKmNothingIsRelayed() {
    Claim claim = claim("C1");
    byte[] proof = claim.proof(session(cse).channelBinding());
    long before = server.sessions();

    revoke(ladder.km());

    await().untilAsserted(() -> assertThat(server.sessions()).isLessThan(before));
    assertThat(
            cse.send(ApplicationHost.request(CSE, claim, proof).build())
                .toCompletableFuture()
                .handle((answer, failure) -> failure == null ? answer.status().name() : "no answer")
                .join())
        .isNotEqualTo(ResponseStatusCode.CREATED.name());
  }

  private void revoke(PskCredential key) {
    var unused = NodeClient.await(server.in().admin().revokeKey(key.identity(), "compromised"));
  }

  @Test
  void aNodeGivesAnInstanceUpInItsAssociationToo() {
    Claim claim = claim("C1");
    PskCredential ka = host.key(claim, attributes(relayed(claim)).text("kaid").orElseThrow());

    assertThat(send(cse, at(Operation.DELETE, ka)).status()).isEqualTo(ResponseStatusCode.DELETED);

    assertThat(send(cse, at(Operation.RETRIEVE, ka)).status())
        .isEqualTo(ResponseStatusCode.NOT_FOUND);
    assertThat(opens(ka)).isFalse();
  }
}
