// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/** A server that has enough to do answers no further client, and serves those that are in. */
class HandshakeAdmissionTest {
  private final AtomicBoolean admits = new AtomicBoolean(true);
  private final PskCredential credential = Fixture.credential("node-1");
  private final DtlsEndpointFactory clients = DtlsEndpointFactory.create(Fixture.FAST);
  private final SecureServer server =
      SecureServer.start(
          Fixture.settings(0),
          query -> CompletableFuture.completedFuture(Optional.of(credential.key())),
          Optional.empty(),
          inbound ->
              CompletableFuture.completedFuture(
                  ResponsePrimitive.of(ResponseStatusCode.OK, inbound.request().requestId())),
          BareHandler.NONE,
          SessionObserver.NONE,
          admits::get);

  @AfterEach
  void close() {
    clients.close();
    server.close();
  }

  private SecureEndpoint client() {
    return clients.open(Fixture.loopback(server.port()), Fixture.SERVER_NAME, credential);
  }

  @Test
  void aClientThatIsTurnedAwayHearsNothingAndGetsInLater() {
    admits.set(false);

    Throwable failure = Fixture.failureOf(client().connect());

    assertThat(failure)
        .isInstanceOfSatisfying(
            HandshakeFailedException.class,
            failed ->
                assertThat(failed.stage()).isEqualTo(HandshakeFailedException.Stage.NO_ANSWER));
    assertThat(server.load().turnedAway()).isEqualTo(1 + Fixture.FAST.dtlsRetries());
    assertThat(server.load().connections()).isZero();

    admits.set(true);
    assertThat(Fixture.await(client().connect()).isResumed()).isFalse();
  }

  @Test
  void aSessionThatStandsIsServedWhileOthersAreTurnedAway() {
    SecureEndpoint client = client();
    Fixture.await(client.connect());
    admits.set(false);

    for (int i = 0; i < 20; i++) {
      assertThat(Fixture.await(client.send(Fixture.retrieve("r" + i))).status())
          .isEqualTo(ResponseStatusCode.OK);
    }
    assertThat(server.load().turnedAway()).isZero();
  }
}
