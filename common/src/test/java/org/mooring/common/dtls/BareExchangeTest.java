// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.ResponseStatusCode;

/** Requests without a primitive, beside those with one, over the same sessions. */
class BareExchangeTest {
  private static final List<String> PATH = List.of("est", "sen");
  private static final int PKCS10 = 286;
  private static final int CERTS_ONLY = 281;
  private static final int CHANGED = 204;
  private static final Duration NOT_KEPT = Duration.ZERO;

  private final Fixture room = new Fixture();

  @AfterEach
  void tearDown() {
    room.close();
  }

  private void answering(BiFunction<BareRequest, SecureSession, CompletionStage<BareResponse>> by) {
    room.bare =
        new BareHandler() {
          @Override
          public boolean serves(List<String> path) {
            return !path.isEmpty() && path.get(0).equals("est");
          }

          @Override
          public CompletionStage<BareResponse> handle(BareRequest request, SecureSession session) {
            return by.apply(request, session);
          }
        };
  }

  private static CompletionStage<BareResponse> ready(BareResponse response) {
    return CompletableFuture.completedStage(response);
  }

  @Test
  void bodiesOfManyBlocksGoBothWays() {
    answering((request, session) -> ready(BareResponse.of(CHANGED, CERTS_ONLY, request.content())));
    byte[] body = "0123456789abcdef".repeat(500).getBytes(UTF_8);

    BareResponse answer =
        Fixture.await(
            room.client(room.enrol("node-1"))
                .exchange(BareRequest.post(PATH, PKCS10, body, CERTS_ONLY)));

    assertThat(answer.coapCode()).isEqualTo(CHANGED);
    assertThat(answer.contentFormat()).hasValue(CERTS_ONLY);
    assertThat(answer.content()).isEqualTo(body);
  }

  @Test
  void theHandlerSeesWhatCameAndOverWhichSession() {
    CompletableFuture<BareRequest> seen = new CompletableFuture<>();
    CompletableFuture<SecureSession> over = new CompletableFuture<>();
    answering(
        (request, session) -> {
          seen.complete(request);
          over.complete(session);
          return ready(BareResponse.of(205, CERTS_ONLY, new byte[] {1}));
        });

    Fixture.await(room.client(room.enrol("node-1")).exchange(BareRequest.get(PATH, CERTS_ONLY)));

    assertThat(seen.join())
        .returns(BareRequest.Method.GET, BareRequest::method)
        .returns(PATH, BareRequest::path)
        .returns(OptionalInt.empty(), BareRequest::contentFormat)
        .returns(OptionalInt.of(CERTS_ONLY), BareRequest::accept);
    assertThat(over.join()).isSameAs(room.serverSession());
    assertThat(over.join().clientCertificates()).isEmpty();
    assertThat(room.requests).isEmpty();
  }

  @Test
  void primitivesGoWhereTheyDidOverTheSameSession() {
    answering((request, session) -> ready(BareResponse.of(205, CERTS_ONLY, new byte[] {1})));
    SecureEndpoint client = room.client(room.enrol("node-1"));

    Fixture.await(client.exchange(BareRequest.get(PATH, CERTS_ONLY)));

    assertThat(Fixture.await(client.send(Fixture.retrieve("r1"))).status())
        .isEqualTo(ResponseStatusCode.OK);
    assertThat(room.requests).hasSize(1);
    assertThat(room.observer.established).hasSize(1);
  }

  @Test
  void aRefusalHasItsReasonAndWhenToTryAgain() {
    answering(
        (request, session) -> ready(BareResponse.error(429, "one an hour", Duration.ofMinutes(5))));

    BareResponse answer =
        Fixture.await(
            room.client(room.enrol("node-1")).exchange(BareRequest.get(PATH, CERTS_ONLY)));

    assertThat(answer)
        .returns(false, BareResponse::isSuccess)
        .returns(429, BareResponse::coapCode)
        .returns("one an hour", BareResponse::diagnostic)
        .returns(Duration.ofMinutes(5), BareResponse::maxAge);
  }

  @Test
  void aHandlerThatFailsIsAnInternalError() {
    SecureEndpoint client = room.client(room.enrol("node-1"));
    answering(
        (request, session) -> {
          throw new IllegalStateException("thrown");
        });
    assertThat(Fixture.await(client.exchange(BareRequest.get(PATH, CERTS_ONLY))).coapCode())
        .isEqualTo(500);
    answering(
        (request, session) -> CompletableFuture.failedStage(new IllegalStateException("failed")));
    assertThat(Fixture.await(client.exchange(BareRequest.get(PATH, CERTS_ONLY))))
        .returns(500, BareResponse::coapCode)
        .satisfies(answer -> assertThat(answer.diagnostic()).doesNotContain("failed"));
  }

  @Test
  void anAnswerThatTakesLongFollowsItsAcknowledgement() {
    CompletableFuture<BareResponse> later = new CompletableFuture<>();
    answering((request, session) -> later);

    CompletionStage<BareResponse> answer =
        room.client(room.enrol("node-1")).exchange(BareRequest.get(PATH, CERTS_ONLY));
    later.completeOnTimeout(
        new BareResponse(503, OptionalInt.empty(), new byte[0], NOT_KEPT), 1, TimeUnit.SECONDS);

    assertThat(Fixture.await(answer).coapCode()).isEqualTo(503);
  }

  @Test
  void aBodyBeyondTheLimitIsRefused() {
    answering((request, session) -> ready(BareResponse.of(CHANGED, CERTS_ONLY, new byte[] {1})));

    BareResponse answer =
        Fixture.await(
            room.client(room.enrol("node-1"))
                .exchange(BareRequest.post(PATH, PKCS10, new byte[70_000], CERTS_ONLY)));

    assertThat(answer.coapCode()).isEqualTo(413);
  }
}
