// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mooring.common.dtls.FakeSession;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.credential.LiveSessions;

/** Requests down to CSEs that do not answer. */
class DescentBoundsTest {
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final InstantSource clock = InstantSource.system();
  private final LiveSessions sessions =
      new LiveSessions(
          KeyIdentifier::parse,
          (credential, serverName) ->
              CompletableFuture.completedFuture(
                  Optional.of(
                      new SecurityPrincipal.AssociatedEntity(
                          credential,
                          new CseId("//sp.example.org/asn-7"),
                          clock.instant().plus(Duration.ofDays(1))))),
          scheduler,
          clock,
          LiveSessions.Caps.DEFAULT);
  private final Descent descent = new Descent(sessions, clock);

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  private Silent associated(String name) {
    Silent session = new Silent(name);
    sessions.enter(session);
    return session;
  }

  private CompletableFuture<ResponsePrimitive> send(Silent to, Optional<Instant> end) {
    RequestPrimitive.Builder request =
        RequestPrimitive.builder(Operation.RETRIEVE, "/asn-7/-", "r1");
    end.ifPresent(request::requestExpiration);
    return descent.send(request.build(), List.of(to.credential()), "r1").toCompletableFuture();
  }

  private CompletableFuture<ResponsePrimitive> send(Silent to) {
    return send(to, Optional.empty());
  }

  private static void assertRefused(Refusal refusal, CompletableFuture<ResponsePrimitive> answer) {
    assertThat(answer).isCompletedExceptionally();
    assertThat(Failures.causeOf(answer.handle((ready, failure) -> failure).join()))
        .isInstanceOfSatisfying(
            RefusedException.class, told -> assertThat(told.refusal()).isEqualTo(refusal));
  }

  @Test
  void beyondSixteenForOneAssociationTheAnswerIsNotReachableAtOnce() {
    Silent one = associated("one");
    Silent other = associated("other");
    List<CompletableFuture<ResponsePrimitive>> first = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      first.add(send(one));
    }

    assertRefused(Refusal.NOT_REACHABLE, send(one));
    assertThat(send(other)).isNotDone();
    assertThat(one.asked).hasSize(16);

    one.asked.get(3).complete(ResponsePrimitive.of(ResponseStatusCode.OK, "r1"));
    assertThat(first.get(3)).isCompleted();
    assertThat(send(one)).isNotDone();
    assertRefused(Refusal.NOT_REACHABLE, send(one));
  }

  @Test
  void anotherSessionOfTheSameCredentialHasNoMore() {
    Silent before = associated("one");
    for (int i = 0; i < 16; i++) {
      assertThat(send(before)).isNotDone();
    }

    sessions.leave(before);
    Silent after = associated("one");

    assertRefused(Refusal.NOT_REACHABLE, send(after));
    assertThat(after.asked).isEmpty();
  }

  @Test
  void beyondSomeHundredsInAllToo() {
    List<Silent> full = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Silent next = associated("node-" + i);
      full.add(next);
      for (int j = 0; j < 16; j++) {
        assertThat(send(next)).isNotDone();
      }
    }
    Silent other = associated("other");
    assertRefused(Refusal.NOT_REACHABLE, send(other));

    full.get(0).asked.get(0).complete(ResponsePrimitive.of(ResponseStatusCode.OK, "r1"));

    assertThat(send(other)).isNotDone();
    assertRefused(Refusal.NOT_REACHABLE, send(other));
  }

  @Test
  void whatCameToItsEndIsGivenUpInTheSessionAndMakesRoom() {
    Silent one = associated("one");
    List<CompletableFuture<ResponsePrimitive>> brief = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      brief.add(send(one, Optional.of(clock.instant().plusMillis(300))));
    }

    Awaitility.await().until(() -> brief.stream().allMatch(CompletableFuture::isDone));
    brief.forEach(answer -> assertRefused(Refusal.REQUEST_EXPIRED, answer));

    Awaitility.await().until(() -> one.asked.stream().allMatch(CompletableFuture::isDone));
    assertThat(send(one)).isNotDone();
  }

  /** A session whose other end does not answer unless the test does. */
  private static final class Silent extends FakeSession {
    final List<CompletableFuture<ResponsePrimitive>> asked = new ArrayList<>();

    Silent(String name) {
      super(name + " " + UUID.randomUUID(), KeyIdentifier.parse(name + "@maf.sp.example.org"));
    }

    @Override
    public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
      CompletableFuture<ResponsePrimitive> answer = new CompletableFuture<>();
      asked.add(answer);
      return answer;
    }

    @Override
    public void close() {}
  }
}
