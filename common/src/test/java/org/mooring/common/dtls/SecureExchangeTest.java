// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

class SecureExchangeTest {
  private final Fixture room = new Fixture();

  @AfterEach
  void tearDown() {
    room.close();
  }

  @Test
  void aRequestGoesOverTheSessionThatItsHandshakeMade() {
    SecureEndpoint client = room.client(room.enrol("node-1"));

    ResponsePrimitive answer = Fixture.await(client.send(Fixture.retrieve("r1")));

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.OK);
    assertThat(answer.requestId()).isEqualTo("r1");
    RequestHandler.Inbound inbound = room.requests.get(0);
    assertThat(inbound.session()).contains(room.serverSession());
    assertThat(inbound.showsOptions()).isTrue();
    assertThat(room.serverSession().clientIdentity()).isEqualTo("node-1@mef.sp.example.org");
    assertThat(room.serverSession().serverName()).contains(Fixture.SERVER_NAME);
    assertThat(room.serverSession().isResumed()).isFalse();
    assertThat(room.server.sessions()).isEqualTo(1);
  }

  @Test
  void theLookUpSeesWhatTheClientShowed() {
    Fixture.await(room.client(room.enrol("node-1")).connect());

    CredentialLookup.Query query = room.queries.get(0);
    assertThat(query.identity()).isEqualTo("node-1@mef.sp.example.org");
    assertThat(query.serverName()).contains(Fixture.SERVER_NAME);
    assertThat(query.forwardSecret()).isFalse();
  }

  @Test
  void connectingSendsNothingButTheHandshake() {
    SecureEndpoint client = room.client(room.enrol("node-1"));

    Fixture.await(client.connect());

    // client hello twice, hello verify, server flight, client flight, server's last flight
    assertThat(client.traffic().handshakes()).isEqualTo(1);
    assertThat(client.traffic().datagrams()).isEqualTo(6);
    await().until(() -> room.server.traffic().equals(client.traffic()));
    assertThat(Fixture.await(client.connect())).isSameAs(Fixture.await(client.connect()));
    assertThat(client.traffic().datagrams()).isEqualTo(6);
  }

  @Test
  void bothSidesExportTheSameKey() {
    SecureSession own = Fixture.await(room.client(room.enrol("node-1")).connect());

    for (ExporterLabel label : ExporterLabel.values()) {
      ExportedKey here = own.export(label);
      ExportedKey there = room.serverSession().export(label);
      assertThat(there.id()).isEqualTo(here.id());
      assertThat(there.key()).isEqualTo(here.key());
      assertThat(here.key().length()).isEqualTo(32);
    }
    assertThat(own.export(ExporterLabel.BOOTSTRAP).key())
        .isNotEqualTo(own.export(ExporterLabel.CONNECTION).key());
    assertThat(own.channelBinding()).hasSize(32).isEqualTo(room.serverSession().channelBinding());
  }

  @Test
  void aResumedSessionExportsNoKeyButBindsChannels() {
    SecureEndpoint client = room.client(room.enrol("node-1"));
    SecureSession first = Fixture.await(client.connect());
    SecureSession firstThere = room.serverSession();

    SecureSession resumed = Fixture.await(client.resume());

    SecureSession resumedThere = room.serverSession(2);
    await().until(() -> room.observer.closed.contains(firstThere));
    assertThat(resumed.isResumed()).isTrue();
    assertThat(resumedThere.isResumed()).isTrue();
    assertThat(resumed.id()).isNotEqualTo(first.id());
    assertThat(room.observer.closed).containsExactly(firstThere);
    assertThat(room.server.sessions()).isEqualTo(1);
    assertThatThrownBy(() -> resumed.export(ExporterLabel.BOOTSTRAP))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> resumedThere.export(ExporterLabel.BOOTSTRAP))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> first.export(ExporterLabel.BOOTSTRAP))
        .isInstanceOf(IllegalStateException.class);
    assertThat(resumed.channelBinding()).isEqualTo(resumedThere.channelBinding());
    assertThat(Fixture.await(client.send(Fixture.retrieve("r1"))).requestId()).isEqualTo("r1");
    assertThat(room.requests.get(0).session()).contains(resumedThere);
  }

  @Test
  void aLateAnswerFollowsAnAcknowledgementAndTheRequestIsHandledOnce() {
    CompletableFuture<ResponsePrimitive> late = new CompletableFuture<>();
    room.handler = inbound -> late;
    SecureEndpoint client = room.client(room.enrol("node-1"));

    CompletionStage<ResponsePrimitive> answer = client.send(Fixture.retrieve("r1"));
    await().until(() -> room.requests.size() == 1);
    var unused =
        late.completeOnTimeout(
            ResponsePrimitive.of(ResponseStatusCode.OK, "r1"), 900, TimeUnit.MILLISECONDS);

    assertThat(Fixture.await(answer).requestId()).isEqualTo("r1");
    assertThat(room.requests).hasSize(1);
  }

  @Test
  void aHandlerThatRefusesOrBreaksIsAnswered() {
    SecureEndpoint client = room.client(room.enrol("node-1"));

    room.handler =
        inbound ->
            CompletableFuture.failedFuture(Refusal.NEW_HANDSHAKE_NEEDED.of("key registration"));
    ResponsePrimitive refused = Fixture.await(client.send(Fixture.retrieve("r1")));
    room.handler =
        inbound -> {
          throw new IllegalStateException("broken");
        };
    ResponsePrimitive broken = Fixture.await(client.send(Fixture.retrieve("r2")));

    assertThat(refused.status()).isEqualTo(ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED);
    assertThat(refused.requestId()).isEqualTo("r1");
    assertThat(broken.status()).isEqualTo(ResponseStatusCode.INTERNAL_SERVER_ERROR);
    assertThat(broken.requestId()).isEqualTo("r2");
  }

  @Test
  void aBodyAboveTheLimitIsRefused() {
    SecureEndpoint client = room.client(room.enrol("node-1"));
    RequestPrimitive request =
        RequestPrimitive.builder(Operation.CREATE, "cse-in", "r1")
            .resourceType(4)
            .content(Representation.of("m2m:cin", "x".repeat(1 << 20)))
            .build();

    ResponsePrimitive answer = Fixture.await(client.send(request));

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.BAD_REQUEST);
    assertThat(room.requests).isEmpty();
    assertThat(Fixture.await(client.send(Fixture.retrieve("r2"))).requestId()).isEqualTo("r2");
  }

  @Test
  void aBodyBelowTheLimitArrivesWhole() {
    SecureEndpoint client = room.client(room.enrol("node-1"));
    Representation content = Representation.of("m2m:cin", "x".repeat(20_000));
    RequestPrimitive request =
        RequestPrimitive.builder(Operation.CREATE, "cse-in", "r1")
            .resourceType(4)
            .content(content)
            .build();

    Fixture.await(client.send(request));

    assertThat(room.requests.get(0).request().content()).contains(content);
  }

  @Test
  void anAnswerAboveTheLimitIsRefusedAndTheSessionGoesOn() {
    SecureEndpoint client = room.client(room.enrol("node-1"));
    SecureSession session = Fixture.await(client.connect());
    room.handler = inbound -> answer(inbound, DtlsEndpoint.MAX_BODY_OCTETS);

    assertThat(Fixture.failureOf(client.send(Fixture.retrieve("r1"))))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.ANSWER_TOO_LARGE));

    room.handler = inbound -> answer(inbound, DtlsEndpoint.MAX_BODY_OCTETS - 10_000);
    CompletionStage<ResponsePrimitive> large = client.send(Fixture.retrieve("r2"));
    // Some thousand blocks, each a round trip, whatever else the machine does.
    assertThat(Fixture.await(large, Duration.ofMinutes(1)).content()).isPresent();
    assertThat(Fixture.await(client.connect())).isSameAs(session);
  }

  private static CompletionStage<ResponsePrimitive> answer(
      RequestHandler.Inbound inbound, int octets) {
    return CompletableFuture.completedStage(
        ResponsePrimitive.of(
            ResponseStatusCode.OK,
            inbound.request().requestId(),
            Representation.of("m2m:cin", "x".repeat(octets))));
  }

  @Test
  void aServerSendsRequestsOverTheSessionThatItsClientMade() {
    SecureEndpoint client = room.client(room.enrol("node-1"));
    List<RequestHandler.Inbound> asked = new CopyOnWriteArrayList<>();
    client.serve(
        inbound -> {
          asked.add(inbound);
          return answer(inbound, 20_000);
        });
    SecureSession own = Fixture.await(client.connect());

    ResponsePrimitive answer =
        Fixture.await(room.serverSession().send(Fixture.retrieve("from above")));

    assertThat(answer.requestId()).isEqualTo("from above");
    assertThat(answer.content()).isPresent();
    assertThat(asked.get(0).session()).contains(own);
    assertThat(Fixture.await(client.send(Fixture.retrieve("r1"))).requestId()).isEqualTo("r1");
  }

  @Test
  void aClientThatServesNothingRejectsARequestAtOnce() {
    SecureEndpoint client = room.client(room.enrol("node-1"));
    Fixture.await(client.connect());

    assertThat(Fixture.failureOf(room.serverSession().send(Fixture.retrieve("r1"))))
        .isInstanceOf(NoAnswerException.class)
        .hasMessageContaining("reset");
    assertThat(Fixture.await(client.send(Fixture.retrieve("r2"))).requestId()).isEqualTo("r2");
  }

  @Test
  void noHandshakeIsMadeForARequestOverASessionThatEnded() {
    SecureEndpoint client = room.client(room.enrol("node-1"));
    Fixture.await(client.connect());
    SecureSession session = room.serverSession();
    client.close();
    await().until(() -> room.observer.closed.contains(session));

    assertThat(Fixture.failureOf(session.send(Fixture.retrieve("r1"))))
        .isInstanceOf(NoAnswerException.class);
  }

  @Test
  void aRequestWhoseAnswerNobodyAwaitsAnyLongerIsNotRepeated() throws IOException {
    try (UdpRelay relay = new UdpRelay(room.address())) {
      Fixture.await(room.client(relay.address(), room.enrol("node-1")).connect());
    }
    SecureSession toNobody = room.serverSession();
    long before = room.server.traffic().datagrams();
    CompletableFuture<ResponsePrimitive> answer =
        toNobody.send(Fixture.retrieve("r1")).toCompletableFuture();
    await().until(() -> room.server.traffic().datagrams() > before);

    answer.completeExceptionally(new TimeoutException());

    long given = room.server.traffic().datagrams();
    await()
        .during(Fixture.FAST.ackTimeout().multipliedBy(4))
        .until(() -> room.server.traffic().datagrams() == given);
  }

  @Test
  void sessionsLeaveNothingBehind() {
    List<SecureEndpoint> clients = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      SecureEndpoint client = room.client(room.enrol("node-" + i));
      clients.add(client);
      Fixture.await(client.send(Fixture.retrieve("r" + i)));
    }
    assertThat(room.server.sessions()).isEqualTo(200);

    clients.forEach(SecureEndpoint::close);

    await().atMost(Duration.ofSeconds(10)).until(() -> room.server.sessions() == 0);
    assertThat(room.server.registry().entries()).isZero();
    assertThat(room.observer.established).hasSize(200);
    await().until(() -> room.observer.closed.size() == 200);
    assertThat(room.observer.closed).doesNotHaveDuplicates();
  }
}
