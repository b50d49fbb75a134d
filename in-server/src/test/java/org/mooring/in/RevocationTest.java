// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.clientRegistration;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.HandshakeFailedException;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** Revocation and expiry end live sessions and derived keys, and nobody else's. */
class RevocationTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private static final String REVOKED = "revoked";

  @TempDir Path dataDir;

  private RunningServer server;

  @BeforeEach
  void setUp() {
    server = givenServer(dataDir).withEnrolee("node").withEnrolee("other").started();
  }

  @AfterEach
  void tearDown() {
    server.close();
  }

  /** A node with one session at each function, each of which served a request. */
  private final class Standing implements AutoCloseable {
    final NodeClient node;
    final NodeClient.Ladder ladder;
    final SecureEndpoint mef;
    final SecureEndpoint maf;
    final SecureEndpoint cse;

    Standing(String name) {
      long before = server.sessions();
      try (NodeClient climbing = server.node(name)) {
        ladder = climbing.climbed();
      }
      await().until(() -> server.sessions() == before);
      node = server.node(name);
      mef = node.atMef();
      maf = node.atMaf(ladder.km());
      cse = node.atCse(ladder.kc());
      node.register(mef, MEF);
      node.register(maf, MAF);
      assertThat(send(cse, node.registration(node.remoteCse()).build()).status())
          .isEqualTo(ResponseStatusCode.CREATED);
      assertThat(server.sessions()).isEqualTo(before + 3);
    }

    List<SecureSession> sessions() {
      return List.of(session(mef), session(maf), session(cse));
    }

    @Override
    public void close() {
      node.close();
    }
  }

  @Test
  void aRevokedEnroleeLosesItsSessionsAndKeysAtOnceAndNobodyElseDoes() {
    try (Standing node = new Standing("node");
        Standing other = new Standing("other")) {
      List<SecureSession> others = other.sessions();
      assertThat(server.sessions()).isEqualTo(6);

      NodeClient.await(
          server.in().admin().revokeEnrolee(node.node.enrolee().id(), "decommissioned"));

      await().atMost(AT_ONCE).until(() -> server.sessions() == 3);
      assertThat(server.credentials(node.node.enrolee()).values()).containsOnly(REVOKED);
      assertAllFail(node.mef, node.maf, node.cse);
      assertThat(
              server.hasAudited(AuditAction.ENROLEE_REVOKED, node.node.enrolee().id().toString()))
          .isTrue();

      assertThat(other.sessions()).isEqualTo(others);
      assertThatItIsServed(other.node, other.cse);
      assertThat(server.credentials(other.node.enrolee()).values()).doesNotContain(REVOKED);
    }
  }

  @Test
  void aRevokedAssociationKeyEndsTheAssociationAlone() {
    try (Standing node = new Standing("node")) {
      revoke(node.ladder.kc());

      await().atMost(AT_ONCE).until(() -> server.sessions() == 2);
      assertThat(server.credentials(node.node.enrolee()))
          .containsEntry(node.ladder.kc().identity().toString(), REVOKED)
          .containsEntry(node.ladder.km().identity().toString(), "current");
      assertAllFail(node.cse);

      PskCredential next = node.node.associated(node.ladder.km());
      assertThatItIsServed(node.node, node.node.atCse(next));
    }
  }

  @Test
  void aRevokedMasterCredentialEndsWhatCameFromItAlone() {
    try (Standing node = new Standing("node")) {
      revoke(node.ladder.km());

      await().atMost(AT_ONCE).until(() -> server.sessions() == 1);
      Map<String, String> credentials = server.credentials(node.node.enrolee());
      assertThat(credentials)
          .containsEntry(node.ladder.km().identity().toString(), REVOKED)
          .containsEntry(node.ladder.kc().identity().toString(), REVOKED)
          .containsEntry(node.ladder.kpm().identity().toString(), "current");
      assertAllFail(node.maf, node.cse);

      node.node.register(node.mef, MEF);
      PskCredential again =
          node.node.associated(
              node.node.authenticated(node.node.enrolled(KeyUsage.PROVISIONED_FOR_MAF)));
      assertThatItIsServed(node.node, node.node.atCse(again));
    }
  }

  @Test
  void aRevocationThatRacesWithAHandshakeLeavesNoUsableSession() {
    int nodes = 8;
    List<NodeClient> racing = new ArrayList<>();
    List<CompletableFuture<ResponsePrimitive>> requests = new ArrayList<>();
    List<CompletableFuture<?>> revocations = new ArrayList<>();
    List<SecureEndpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      server.enrolled("racing-" + i);
      NodeClient node = server.node("racing-" + i);
      racing.add(node);
      endpoints.add(node.atMef());
    }
    for (int i = 0; i < nodes; i++) {
      KeyIdentifier kpmId = racing.get(i).enrolee().id();
      SecureEndpoint endpoint = endpoints.get(i);
      requests.add(
          endpoint
              .connect()
              .thenCompose(session -> endpoint.send(clientRegistration(MEF)))
              .toCompletableFuture());
      revocations.add(
          CompletableFuture.supplyAsync(
                  () -> server.in().admin().revokeEnrolee(kpmId, "raced"),
                  CompletableFuture.delayedExecutor(2L * i, TimeUnit.MILLISECONDS))
              .thenCompose(stage -> stage));
    }
    revocations.forEach(NodeClient::await);

    await().atMost(AT_ONCE).until(() -> server.sessions() == 0);
    for (CompletableFuture<ResponsePrimitive> request : requests) {
      assertThatItWasServedBeforeOrRefused(request);
    }
    assertAllFail(endpoints.toArray(SecureEndpoint[]::new));
    assertThat(server.sessions()).isZero();
    assertThat(server.stored().count("client_registration")).isZero();
    racing.forEach(NodeClient::close);
  }

  @Test
  void aSessionWhoseCredentialExpiresIsClosedOnTime(@TempDir Path ownDir) {
    Duration brief = Duration.ofSeconds(5);
    Duration day = Duration.ofDays(1);
    try (RunningServer aging = givenServer(ownDir).withLifetimes(day, day, brief).started()) {
      Instant kpmEnd = Instant.now().plus(brief).truncatedTo(ChronoUnit.SECONDS);
      aging.enrolledUntil("node", kpmEnd);
      try (NodeClient node = aging.node("node")) {
        NodeClient.Ladder ladder = node.climbed();
        SecureEndpoint cse = node.atCse(ladder.kc());
        assertThatItIsServed(node, cse);
        // Of Kpm, KeId, KmId and Kc; the second and the third have a day.
        Instant kcEnd = aging.endOf(node.enrolee(), ladder.kc());
        assertThat(kcEnd).isBefore(Instant.now().plus(brief).plusMillis(1));

        awaitEnd(aging, kpmEnd, 4);
        awaitEnd(aging, kcEnd, 3);
        assertThat(aging.sessions()).isEqualTo(2);
      }
    }
  }

  private static void awaitEnd(RunningServer aging, Instant end, long sessionsUntilThen) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(10))
        .until(() -> aging.sessions() < sessionsUntilThen);
    assertThat(Instant.now()).isBetween(end, end.plus(AT_ONCE.multipliedBy(2)));
  }

  private void revoke(PskCredential credential) {
    NodeClient.await(server.in().admin().revokeKey(credential.identity(), "leaked"));
  }

  /** All at once, for each waits until its handshake is given up. */
  private static void assertAllFail(SecureEndpoint... endpoints) {
    List<CompletableFuture<ResponsePrimitive>> requests = new ArrayList<>();
    for (SecureEndpoint endpoint : endpoints) {
      requests.add(
          endpoint
              .send(request(Operation.RETRIEVE, ".well-known/core").build())
              .toCompletableFuture());
    }
    for (CompletableFuture<ResponsePrimitive> request : requests) {
      assertThat(request)
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingRootCause()
          .isInstanceOfAny(HandshakeFailedException.class, NoAnswerException.class);
    }
  }

  private static void assertThatItWasServedBeforeOrRefused(
      CompletableFuture<ResponsePrimitive> request) {
    try {
      assertThat(NodeClient.await(request).status())
          .isIn(ResponseStatusCode.CREATED, ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED);
    } catch (CompletionException e) {
      assertThat(e)
          .hasRootCauseInstanceOf(RuntimeException.class)
          .rootCause()
          .isInstanceOfAny(HandshakeFailedException.class, NoAnswerException.class);
    }
  }

  private static void assertThatItIsServed(NodeClient node, SecureEndpoint cse) {
    ResponsePrimitive answer =
        send(
            cse,
            request(Operation.RETRIEVE, "/id-in/-").from(node.enrolee().csi().value()).build());
    assertThat(answer.status())
        .isIn(ResponseStatusCode.OK, ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
  }
}
