// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

class SessionLifeTest {
  private Fixture room = new Fixture();

  @AfterEach
  void tearDown() {
    room.close();
  }

  @Test
  void aSessionThatTheServerClosesEndsAtBothEndsAndIsNotResumed() {
    SecureEndpoint client = room.client(room.enrol("node-1"));
    SecureSession own = Fixture.await(client.connect());
    Fixture.await(client.send(Fixture.retrieve("r1")));
    SecureSession there = room.serverSession();

    there.close();
    there.close();

    assertThatThrownBy(() -> there.export(ExporterLabel.BOOTSTRAP))
        .isInstanceOf(IllegalStateException.class);
    await().until(() -> room.server.registry().entries() == 0);
    assertThat(room.observer.closed).containsExactly(there);
    await().until(() -> !((EstablishedSession) own).isOpen());

    SecureSession next = Fixture.await(client.resume());
    assertThat(next.isResumed()).isFalse();
    assertThat(room.serverSession(2).isResumed()).isFalse();
    assertThat(room.observer.closed).containsExactly(there);
  }

  @Test
  void aRequestAfterTheServersCloseGoesOverANewSession() {
    SecureEndpoint client = room.client(room.enrol("node-1"));
    SecureSession own = Fixture.await(client.connect());
    room.serverSession().close();
    await().until(() -> !((EstablishedSession) own).isOpen());

    assertThat(Fixture.await(client.send(Fixture.retrieve("r1"))).requestId()).isEqualTo("r1");
    assertThat(room.requests.get(0).session()).contains(room.serverSession(2));
    assertThat(client.traffic().handshakes()).isEqualTo(2);
  }

  @Test
  void aClosedSessionIsNotResumedEvenIfTheClientNeverHeardOfIt() throws Exception {
    PskCredential credential = room.enrol("node-1");
    try (UdpRelay relay = new UdpRelay(room.address())) {
      SecureEndpoint client = room.client(relay.address(), credential);
      Fixture.await(client.connect());
      relay.rebind();
      room.serverSession().close();
      await().until(() -> room.server.registry().entries() == 0);

      assertThat(Fixture.await(client.resume()).isResumed()).isFalse();
      assertThat(room.serverSession(2).isResumed()).isFalse();
    }
  }

  @Test
  void aClientThatClosesLeavesNoSession() {
    SecureEndpoint client = room.client(room.enrol("node-1"));
    Fixture.await(client.connect());

    client.close();
    client.close();

    await().until(() -> room.server.registry().entries() == 0 && !room.observer.closed.isEmpty());
    assertThat(Fixture.failureOf(client.send(Fixture.retrieve("r1"))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(room.observer.closed).containsExactly(room.serverSession());
  }

  @Test
  void closingFailsWhatIsPending() {
    room.handler = inbound -> new CompletableFuture<>();
    SecureEndpoint client = room.client(room.enrol("node-1"));
    CompletionStage<ResponsePrimitive> answer = client.send(Fixture.retrieve("r1"));
    await().until(() -> room.requests.size() == 1);

    client.close();

    assertThat(Fixture.failureOf(answer)).isInstanceOf(NoAnswerException.class);
  }

  @Test
  void aSessionFollowsItsClientToAnotherAddress() throws Exception {
    PskCredential credential = room.enrol("node-1");
    CompletableFuture<ResponsePrimitive> late = new CompletableFuture<>();
    try (UdpRelay relay = new UdpRelay(room.address())) {
      SecureEndpoint client = room.client(relay.address(), credential);
      Fixture.await(client.send(Fixture.retrieve("r1")));
      SecureSession session = room.serverSession();
      var before = session.peer();

      relay.rebind();
      Fixture.await(client.send(Fixture.retrieve("r2")));

      assertThat(room.requests.get(1).session()).contains(session);
      assertThat(session.peer()).isNotEqualTo(before);
      assertThat(session.handshakePeer()).isEqualTo(before);
      assertThat(client.traffic().handshakes()).isEqualTo(1);

      room.handler =
          inbound ->
              inbound.request().requestId().equals("r3")
                  ? late
                  : CompletableFuture.completedFuture(
                      ResponsePrimitive.of(ResponseStatusCode.OK, inbound.request().requestId()));
      CompletionStage<ResponsePrimitive> third = client.send(Fixture.retrieve("r3"));
      await().until(() -> room.requests.size() == 3);
      relay.rebind();
      Fixture.await(client.send(Fixture.retrieve("r4")));
      late.complete(ResponsePrimitive.of(ResponseStatusCode.OK, "r3"));

      assertThat(Fixture.await(third).requestId()).isEqualTo("r3");
      assertThat(room.requests).hasSize(4);
    }
  }

  @Test
  void aServerThatForgotTheSessionIsNoticedAndMetAgain() {
    PskCredential credential = room.enrol("node-1");
    SecureEndpoint client = restartedServersClient(credential);

    assertThat(Fixture.failureOf(client.send(Fixture.retrieve("r2"))))
        .isInstanceOf(NoAnswerException.class);
    assertThat(Fixture.await(client.resume()).isResumed()).isFalse();
    assertThat(Fixture.await(client.send(Fixture.retrieve("r3"))).requestId()).isEqualTo("r3");
  }

  @Test
  void connectingAfterAMissingAnswerReplacesTheSession() {
    PskCredential credential = room.enrol("node-1");
    SecureEndpoint client = restartedServersClient(credential);

    assertThat(Fixture.failureOf(client.send(Fixture.retrieve("r2"))))
        .isInstanceOf(NoAnswerException.class);
    assertThat(Fixture.await(client.connect()).isResumed()).isFalse();
    assertThat(Fixture.await(client.send(Fixture.retrieve("r3"))).requestId()).isEqualTo("r3");
  }

  private final Fixture clientSide = new Fixture();

  /** A client with a session, and a server on the same port that knows nothing of it. */
  private SecureEndpoint restartedServersClient(PskCredential credential) {
    int port = room.server.port();
    SecureEndpoint client = clientSide.client(room.address(), credential);
    Fixture.await(client.send(Fixture.retrieve("r1")));
    room.close();
    room = new Fixture(Fixture.settings(port));
    room.enrol("node-1");
    return client;
  }

  @AfterEach
  void tearDownClientSide() {
    clientSide.close();
  }
}
