// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.codec.Serialization;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.SecretKeyBytes;

class HandshakeTest {
  private final Fixture room = new Fixture();

  @AfterEach
  void tearDown() {
    room.close();
  }

  @Test
  void anotherStackExportsTheSameOctetsIdentifierFirst() throws Exception {
    try (BouncyCastleClient peer = client(room.enrol("node-1"), true)) {
      peer.connect(room.address());

      ExportedKey key = room.serverSession().export(ExporterLabel.BOOTSTRAP);
      byte[] octets = peer.exported();
      assertThat(key.id().toString())
          .isEqualTo(HexFormat.of().withUpperCase().formatHex(octets, 0, 16));
      assertThat(HexFormat.of().formatHex(key.key().toByteArray()))
          .isEqualTo(HexFormat.of().formatHex(octets, 16, 48));
      assertThat(room.serverSession().channelBinding()).isEqualTo(peer.channelBinding());
      assertThat(room.serverSession().serverName()).isEmpty();
    }
  }

  @Test
  void aClientWithoutExtendedMasterSecretIsRefused() throws Exception {
    try (BouncyCastleClient peer = client(room.enrol("node-1"), false)) {
      assertThatThrownBy(() -> peer.connect(room.address()))
          .isInstanceOfSatisfying(
              TlsFatalAlertReceived.class,
              alert ->
                  assertThat(alert.getAlertDescription())
                      .isEqualTo(AlertDescription.handshake_failure));
    }
    await().until(() -> room.observer.failures.size() == 1);
    assertThat(room.observer.established).isEmpty();
    assertThat(room.server.registry().entries()).isZero();
  }

  @Test
  void anUnknownIdentityAndAWrongKeyFailAlike() {
    room.enrol("node-1");
    PskCredential wrongKey =
        new PskCredential(Fixture.credential("node-1").identity(), SecretKeyBytes.random());

    Throwable unknown = Fixture.failureOf(room.client(Fixture.credential("node-2")).connect());
    Throwable wrong = Fixture.failureOf(room.client(wrongKey).connect());

    assertThat(stageOf(unknown)).isEqualTo(Stage.LAST_FLIGHT);
    assertThat(stageOf(wrong)).isEqualTo(Stage.LAST_FLIGHT);
    assertThat(wrong).hasMessage(unknown.getMessage());
    assertThat(room.observer.failures)
        .containsExactly(
            new Fixture.Observer.Failure(
                Optional.of("node-2@mef.sp.example.org"), "the identity opens no session"),
            new Fixture.Observer.Failure(
                Optional.of("node-1@mef.sp.example.org"),
                "the client's Finished was made with another key"));
    await().atMost(Duration.ofSeconds(20)).until(() -> room.server.registry().entries() == 0);
    assertThat(room.observer.failures).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c328", "c080", "ff", "6100c3"})
  void anIdentityThatIsNotUtf8IsRefusedUnseen(String hex) throws Exception {
    refusedUnseen(HexFormat.of().parseHex(hex));
  }

  @Test
  void anIdentityAbove128OctetsIsRefusedUnseen() throws Exception {
    refusedUnseen("a".repeat(129).getBytes(UTF_8));
  }

  @Test
  void anEmptyIdentityIsRefusedUnseen() throws Exception {
    refusedUnseen(new byte[0]);
  }

  private void refusedUnseen(byte[] identity) throws IOException {
    SecretKeyBytes key = SecretKeyBytes.random();
    try (BouncyCastleClient peer = new BouncyCastleClient(identity, key, true)) {
      assertThatThrownBy(() -> peer.connect(room.address())).isInstanceOf(IOException.class);
    }
    assertThat(room.queries).isEmpty();
    assertThat(room.observer.failures)
        .containsExactly(
            new Fixture.Observer.Failure(
                Optional.empty(), "the identity is not 1 to 128 octets of UTF-8"));
  }

  @Test
  void anIdentityOf128OctetsOpensASession() throws Exception {
    String identity = "ä".repeat(64);
    SecretKeyBytes key = SecretKeyBytes.random();
    room.keys.put(identity, key);

    try (BouncyCastleClient peer = new BouncyCastleClient(identity.getBytes(UTF_8), key, true)) {
      peer.connect(room.address());
    }

    assertThat(room.serverSession().clientIdentity()).isEqualTo(identity);
  }

  @Test
  void aSlowLookUpHoldsUpItsOwnHandshakeAlone() {
    CompletableFuture<Optional<SecretKeyBytes>> slow = new CompletableFuture<>();
    PskCredential patient = room.enrol("slow");
    room.lookup =
        query ->
            query.identity().startsWith("slow")
                ? slow
                : CompletableFuture.completedFuture(
                    Optional.ofNullable(room.keys.get(query.identity())));
    EndpointTimers patience =
        new EndpointTimers(Fixture.FAST.ackTimeout(), 2, Duration.ofSeconds(2), 1);
    EndpointExecutors threads = EndpointExecutors.create("patient", 1);
    try (threads;
        DtlsEndpointFactory clients =
            DtlsEndpointFactory.create(patience, Serialization.CBOR, threads, false)) {
      CompletionStage<SecureSession> waiting =
          clients.open(room.address(), Fixture.SERVER_NAME, patient).connect();
      await().until(() -> room.queries.size() == 1);

      for (int i = 0; i < 20; i++) {
        Fixture.await(room.client(room.enrol("node-" + i)).connect());
      }
      assertThat(waiting.toCompletableFuture()).isNotDone();

      slow.completeOnTimeout(Optional.of(patient.key()), 1, TimeUnit.SECONDS);
      assertThat(Fixture.await(waiting).isResumed()).isFalse();
    }
  }

  @Test
  void aLookUpThatFailsCountsAsUnknown() {
    room.lookup = query -> CompletableFuture.failedFuture(new IOException("store is away"));

    Throwable failure = Fixture.failureOf(room.client(Fixture.credential("node-1")).connect());

    assertThat(stageOf(failure)).isEqualTo(Stage.LAST_FLIGHT);
    assertThat(room.observer.failures.get(0).reason()).contains("failed or took too long");
    assertThat(room.queries).hasSize(1);
  }

  @Test
  void aLookUpSaysWhyForTheRecordAlone() {
    room.lookup =
        query -> CompletableFuture.failedFuture(new CredentialLookup.Unusable("it expired"));

    Throwable failure = Fixture.failureOf(room.client(Fixture.credential("node-1")).connect());

    assertThat(stageOf(failure)).isEqualTo(Stage.LAST_FLIGHT);
    assertThat(failure)
        .hasMessage(
            "the server answered but did not accept the key: it may be another one, expired or"
                + " revoked, or the server had too much to do to answer");
    assertThat(room.observer.failures)
        .containsExactly(
            new Fixture.Observer.Failure(Optional.of("node-1@mef.sp.example.org"), "it expired"));
  }

  @Test
  void aServerThatIsAwayIsToldApart() throws Exception {
    try (DatagramSocket silent = new DatagramSocket(Fixture.loopback(0))) {
      InetSocketAddress nobody = Fixture.loopback(silent.getLocalPort());

      Throwable failure = Fixture.failureOf(room.client(nobody, room.enrol("node-1")).connect());

      assertThat(stageOf(failure)).isEqualTo(Stage.NO_ANSWER);
      assertThat(failure)
          .hasMessageEndingWith(
              ":" + silent.getLocalPort() + ": check the address and the network");
    }
  }

  @Test
  void forwardSecrecyIsUsedWhereTheClientOffersIt() {
    PskCredential credential = room.enrol("node-1");
    EndpointExecutors threads = EndpointExecutors.create("forward-secret", 1);
    try (threads;
        DtlsEndpointFactory clients =
            DtlsEndpointFactory.create(Fixture.FAST, Serialization.CBOR, threads, true)) {
      SecureSession own =
          Fixture.await(clients.open(room.address(), Fixture.SERVER_NAME, credential).connect());

      assertThat(room.queries).extracting(CredentialLookup.Query::forwardSecret).contains(true);
      assertThat(own.export(ExporterLabel.BOOTSTRAP))
          .isEqualTo(room.serverSession().export(ExporterLabel.BOOTSTRAP));
    }
  }

  @Test
  void simultaneousConnectsShareOneHandshake() {
    SecureEndpoint client = room.client(room.enrol("node-1"));

    List<CompletionStage<SecureSession>> stages =
        List.of(client.connect(), client.connect(), client.resume());

    assertThat(stages).extracting(Fixture::await).containsOnly(Fixture.await(client.connect()));
    assertThat(client.traffic().handshakes()).isEqualTo(1);
  }

  private static BouncyCastleClient client(PskCredential credential, boolean extendedMasterSecret)
      throws IOException {
    return new BouncyCastleClient(
        credential.identity().toString().getBytes(UTF_8), credential.key(), extendedMasterSecret);
  }

  private static Stage stageOf(Throwable failure) {
    assertThat(failure).isInstanceOf(HandshakeFailedException.class);
    return ((HandshakeFailedException) failure).stage();
  }
}
