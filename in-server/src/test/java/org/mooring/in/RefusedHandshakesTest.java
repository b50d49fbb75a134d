// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.clientRegistration;
import static org.mooring.in.scenario.RunningServer.CSE;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.BouncyCastleClient;
import org.mooring.common.dtls.HandshakeFailedException;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.scenario.AdjustableClock;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.StoredRows;
import org.mooring.in.scenario.WireClient;

/**
 * Handshakes that fail. Below CoAP there are two signs: the client's handshake ends without the
 * server's Finished, and the audit log says why.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedHandshakesTest {
  private static final String NO_IDENTITY = "-";
  private static final long PATIENCE_SECONDS = 20;

  private final RunningServer server;

  /** A handshake with a function, and why it fails. */
  private record Attempt(Fqdn function, PskCredential credential, String reason) {
    String identity() {
      return credential.identity().toString();
    }
  }

  RefusedHandshakesTest(@TempDir Path dataDir) {
    server = givenServer(dataDir).started();
  }

  @AfterAll
  void tearDown() {
    server.close();
  }

  @Test
  void anUnknownIdentityAndAWrongKeyOpenNothing() {
    try (NodeClient node = newNode("wrong-key")) {
      NodeClient.Ladder ladder = node.climbed();
      String wrongKey = "the client's Finished was made with another key";
      assertRefused(
          server,
          new Attempt(MEF, withRandomKey("nobody@mef.sp.example.org"), "unknown identity"),
          new Attempt(MEF, withRandomKey(ladder.kpm()), wrongKey),
          new Attempt(MAF, withRandomKey(ladder.km()), wrongKey),
          new Attempt(CSE, withRandomKey(ladder.kc()), wrongKey));
    }
  }

  @Test
  void aRevokedCredentialAndWhatItLedToOpenNothing() {
    try (NodeClient node = newNode("revoked")) {
      NodeClient.Ladder ladder = node.climbed();
      NodeClient.await(server.in().admin().revokeEnrolee(node.enrolee().id(), "stolen"));
      String revoked = "the credential is revoked";
      assertRefused(
          server,
          new Attempt(MEF, ladder.kpm(), revoked),
          new Attempt(MAF, ladder.ke(), revoked),
          new Attempt(MAF, ladder.km(), revoked),
          new Attempt(CSE, ladder.kc(), revoked));
    }
  }

  @Test
  void anExpiredCredentialOpensNothing(@TempDir Path dataDir) {
    AdjustableClock clock = new AdjustableClock();
    try (RunningServer aging = givenServer(dataDir).withClock(clock).started()) {
      aging.enrolledUntil("aging", Instant.now().plus(Duration.ofDays(400)));
      try (NodeClient node = aging.node("aging")) {
        NodeClient.Ladder ladder = node.climbed();
        node.close();
        clock.advance(Duration.ofDays(500));
        String expired = "the credential expired";
        assertRefused(
            aging,
            new Attempt(MEF, ladder.kpm(), expired),
            new Attempt(MAF, ladder.ke(), expired),
            new Attempt(MAF, ladder.km(), expired),
            new Attempt(CSE, ladder.kc(), expired));
      }
    }
  }

  @Test
  void anEnrolmentKeyOpensNothingOnceItsMasterCredentialWasUsed() {
    try (NodeClient node = newNode("exchanged")) {
      NodeClient.Ladder ladder = node.climbed();
      assertRefused(server, new Attempt(MAF, ladder.ke(), "the credential is superseded"));
    }
  }

  @Test
  void aServerNameOfAnotherFunctionOpensNothing() {
    String reason = "the server name is that of another function";
    try (NodeClient node = newNode("elsewhere")) {
      NodeClient.Ladder ladder = node.climbed();
      assertRefused(
          server,
          new Attempt(MAF, ladder.kpm(), reason),
          new Attempt(CSE, ladder.km(), reason),
          new Attempt(MEF, ladder.kc(), reason));
    }
  }

  @Test
  void withoutAServerNameOrWithOneThatIsNoFunctionsTheIdentityDecides() {
    PskCredential kpm = server.enrolled("nameless").credential();
    try (WireClient nameless = WireClient.secure(server.coaps(), null, kpm);
        WireClient host = server.wire(new Fqdn("gateway.example.org"), kpm)) {
      for (WireClient client : List.of(nameless, host)) {
        assertThat(client.send(clientRegistration(MEF)).statusCode()).isEqualTo(2001);
        assertThat(client.send(clientRegistration(MAF)).statusCode()).isEqualTo(4103);
      }
    }
  }

  @Test
  void anIdentityThatNamesNoKeyOpensNothing() {
    StoredRows before = server.stored();
    assertThat(connectForeign("coap-user".getBytes(UTF_8)))
        .failsWithin(Duration.ofSeconds(PATIENCE_SECONDS));
    await()
        .untilAsserted(
            () ->
                assertThat(server.handshakeFailures("coap-user"))
                    .containsExactly("not a key identifier"));
    assertThat(server.stored()).isEqualTo(before);
  }

  @Test
  void aClientWithoutExtendedMasterSecretIsRefused() throws IOException {
    PskCredential kpm = server.enrolled("no-ems").credential();
    StoredRows before = server.stored();
    int failures = server.handshakeFailures(NO_IDENTITY).size();
    byte[] identity = kpm.identity().toString().getBytes(UTF_8);

    try (BouncyCastleClient peer = new BouncyCastleClient(identity, kpm.key(), false)) {
      assertThatThrownBy(() -> peer.connect(server.coaps()))
          .isInstanceOf(TlsFatalAlertReceived.class);
    }

    await().until(() -> server.handshakeFailures(NO_IDENTITY).size() > failures);
    assertThat(server.handshakeFailures(NO_IDENTITY))
        .anySatisfy(reason -> assertThat(reason).containsIgnoringCase("extended master secret"));
    assertThat(server.stored()).isEqualTo(before);
    server.serves();
  }

  @Test
  void anIdentityThatIsTooLongOrNoUtf8IsNeitherLookedUpNorShown() throws Exception {
    StoredRows before = server.stored();
    String reason = "the identity is not 1 to 128 octets of UTF-8";
    List<byte[]> identities =
        List.of("a".repeat(129).getBytes(UTF_8), HexFormat.of().parseHex("6100c328"));
    List<CompletableFuture<Void>> attempts = identities.stream().map(this::connectForeign).toList();
    for (CompletableFuture<Void> attempt : attempts) {
      assertThatThrownBy(() -> attempt.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class);
    }
    await()
        .untilAsserted(
            () ->
                assertThat(server.handshakeFailures(NO_IDENTITY))
                    .filteredOn(reason::equals)
                    .hasSize(identities.size()));
    assertThat(server.stored()).isEqualTo(before);
    server.serves();
  }

  private CompletableFuture<Void> connectForeign(byte[] identity) {
    return CompletableFuture.runAsync(
        () -> {
          try (BouncyCastleClient peer =
              new BouncyCastleClient(identity, SecretKeyBytes.random(), true)) {
            peer.connect(server.coaps());
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        });
  }

  /** All at once: each fails at the client's last flight and is written down, once. */
  private static void assertRefused(RunningServer server, Attempt... attempts) {
    StoredRows before = server.stored();
    List<SecureEndpoint> endpoints = new ArrayList<>();
    List<CompletableFuture<SecureSession>> handshakes = new ArrayList<>();
    for (Attempt attempt : attempts) {
      SecureEndpoint endpoint = server.open(attempt.function(), attempt.credential());
      endpoints.add(endpoint);
      handshakes.add(endpoint.connect().toCompletableFuture());
    }
    for (int i = 0; i < attempts.length; i++) {
      Attempt attempt = attempts[i];
      assertThat(handshakes.get(i))
          .as(attempt.identity())
          .failsWithin(Duration.ofSeconds(PATIENCE_SECONDS))
          .withThrowableThat()
          .havingRootCause()
          .isInstanceOfSatisfying(
              HandshakeFailedException.class,
              failed -> assertThat(failed.stage()).isEqualTo(Stage.LAST_FLIGHT));
      await()
          .untilAsserted(
              () ->
                  assertThat(server.handshakeFailures(attempt.identity()))
                      .containsExactly(attempt.reason()));
    }
    endpoints.forEach(SecureEndpoint::close);
    assertThat(server.stored()).isEqualTo(before);
    server.serves();
  }

  private NodeClient newNode(String name) {
    server.enrolled(name);
    return server.node(name);
  }

  private static PskCredential withRandomKey(PskCredential credential) {
    return new PskCredential(credential.identity(), SecretKeyBytes.random());
  }

  private static PskCredential withRandomKey(String identity) {
    return new PskCredential(KeyIdentifier.parse(identity), SecretKeyBytes.random());
  }
}
