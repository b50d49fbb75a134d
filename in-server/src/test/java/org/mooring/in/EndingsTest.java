// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.NodeClient.session;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.HandshakeFailedException;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.in.admin.AdminService;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** Orderly endings over DTLS: a subscription's end and extension, and a retired credential. */
class EndingsTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(20);

  @TempDir Path dataDir;

  private RunningServer server;
  private AdminService admin;
  private NodeClient node;
  private NodeClient.Ladder ladder;
  private SecureEndpoint mef;
  private SecureEndpoint maf;
  private SecureEndpoint cse;

  @BeforeEach
  void aNodeStandsAtAllThreeFunctions() {
    server = givenServer(dataDir).withEnrolee("node").started();
    admin = server.in().admin();
    try (NodeClient climbing = server.node("node")) {
      ladder = climbing.climbed();
    }
    await().until(() -> server.sessions() == 0);
    node = server.node("node");
    mef = node.atMef();
    maf = node.atMaf(ladder.km());
    cse = node.atCse(ladder.kc());
    node.register(mef, MEF);
    node.register(maf, MAF);
    assertThat(registered(cse).status()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(server.sessions()).isEqualTo(3);
  }

  @AfterEach
  void tearDown() {
    node.close();
    server.close();
  }

  private ResponsePrimitive registered(SecureEndpoint association) {
    return send(association, node.registration(node.remoteCse()).build());
  }

  private ResponseStatusCode ownRegistration(SecureEndpoint association) {
    String csi = node.enrolee().csi().value();
    return send(association, request(Operation.RETRIEVE, "/id-in/-" + csi).from(csi).build())
        .status();
  }

  private void assertRefused(SecureEndpoint endpoint, String identity, String reason) {
    assertThat(endpoint.connect().toCompletableFuture())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(HandshakeFailedException.class);
    await()
        .untilAsserted(
            () ->
                assertThat(server.handshakeFailures(identity)).last().asString().contains(reason));
  }

  @Test
  void sessionsEndWithTheSubscriptionAndHandshakesAreRefusedWithTheReason() {
    Instant end = Instant.now().plus(Duration.ofSeconds(4)).truncatedTo(ChronoUnit.SECONDS);
    NodeClient.await(admin.extendEnrolee(node.enrolee().id(), end));
    assertThat(server.sessions()).isEqualTo(3);

    await().pollInterval(Duration.ofMillis(20)).until(() -> server.sessions() == 0);

    assertThat(Instant.now()).isBetween(end.minusSeconds(1), end.plus(AT_ONCE.multipliedBy(2)));
    assertRefused(node.atMef(), ladder.kpm().identity().toString(), "the subscription ended");
    assertRefused(
        node.atCse(ladder.kc()), ladder.kc().identity().toString(), "the subscription ended");
    await().atMost(HOUSEKEEPING).until(() -> server.stored().count("client_registration") == 0);
    await()
        .atMost(HOUSEKEEPING)
        .until(() -> server.hasAudited(AuditAction.SUBSCRIPTION_ENDED, "node@"));
  }

  @Test
  void aNodeComesBackAfterAnExtensionAndFindsItsRegistration() {
    NodeClient.await(admin.endEnrolee(node.enrolee().id()));
    await().atMost(AT_ONCE).until(() -> server.sessions() == 0);
    await().atMost(HOUSEKEEPING).until(() -> server.credentials(node.enrolee()).size() == 1);
    assertThat(server.stored().tables().get("resource"))
        .as("resources live to their own expirationTime")
        .anyMatch(row -> row.contains("/" + node.enrolee().csi().stem()));

    Instant next = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
    NodeClient.await(admin.extendEnrolee(node.enrolee().id(), next));
    SecureEndpoint again = node.atCse(node.associated());

    assertThat(ownRegistration(again)).isEqualTo(ResponseStatusCode.OK);
    assertThat(registered(again).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED);
  }

  @Test
  void aSubscriptionThatWasAgreedUponAtFirstEndsTheSameWay() {
    Instant end = Instant.now().plus(Duration.ofSeconds(6)).truncatedTo(ChronoUnit.SECONDS);
    server.subscribedUntil("brief", end);
    try (NodeClient brief = server.node("brief")) {
      SecureEndpoint bootstrapping = brief.atMef();
      brief.register(bootstrapping, MEF);
      assertThat(server.sessions()).isEqualTo(4);

      await().pollInterval(Duration.ofMillis(20)).until(() -> server.sessions() == 3);

      assertThat(Instant.now()).isBetween(end.minusSeconds(1), end.plus(AT_ONCE.multipliedBy(2)));
    }
  }

  @Test
  void aRetiredNodeKeepsItsSessionsAndKeysAndEnrolsNoMore() {
    SecureSession standing = session(cse);

    NodeClient.await(admin.retireEnrolee(node.enrolee().id(), "replaced"));

    assertThat(server.sessions()).isEqualTo(3);
    assertRefused(node.atMef(), ladder.kpm().identity().toString(), "the credential was retired");
    assertThat(send(mef, enrolment()).status())
        .as("nor in the session that it has")
        .isEqualTo(ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED);
    assertThat(ownRegistration(cse)).isEqualTo(ResponseStatusCode.OK);
    assertThat(session(cse)).isSameAs(standing);
    assertThat(ownRegistration(node.atCse(node.associated(ladder.km()))))
        .isEqualTo(ResponseStatusCode.OK);

    NodeClient.await(admin.revokeEnrolee(node.enrolee().id(), "found open"));

    await().atMost(AT_ONCE).until(() -> server.sessions() == 0);
    assertThat(server.credentials(node.enrolee()).values()).containsOnly("revoked");
  }

  private static RequestPrimitive enrolment() {
    return NodeClient.keyRegistration(MEF, KeyUsage.PROVISIONED_FOR_MAF, MAF.value());
  }
}
