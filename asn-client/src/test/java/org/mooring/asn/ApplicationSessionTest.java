// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mooring.asn.association.AssociationLink;
import org.mooring.asn.association.FakeEndpoint;
import org.mooring.asn.enrolment.Exchange;
import org.mooring.asn.vault.Lease;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/** An application's session as the associations under it change. */
class ApplicationSessionTest {
  private static final KeyIdentifier KA = KeyIdentifier.parse("ka@maf.sp.example.org");
  private static final AeId AE = new AeId("/asn-1/C1");
  private static final RequestPrimitive REQUEST =
      RequestPrimitive.builder(Operation.RETRIEVE, "/id-in/-", "1").build();

  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final Peer first = new Peer();
  private final Peer second = new Peer();
  private final Deque<CompletableFuture<ApplicationLink>> next = new ArrayDeque<>();
  private volatile Duration rest = Duration.ofHours(1);
  private boolean told;
  private final SharedAssociation.Source source =
      new SharedAssociation.Source() {
        @Override
        public boolean admits(AppInstanceId id) {
          return !id.value().equals("C9");
        }

        @Override
        public CompletionStage<ApplicationLink> open() {
          return next.remove();
        }

        @Override
        public Duration rest(ApplicationLink link) {
          return rest;
        }
      };
  private final SharedAssociation association =
      new SharedAssociation(source, first.link(), scheduler, closed -> told = true);

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  /** The other end of an association, which answers when the test says so. */
  private static final class Peer extends FakeEndpoint {
    final CompletableFuture<ResponsePrimitive> answer = new CompletableFuture<>();
    @Nullable RequestPrimitive asked;
    boolean closed;

    @Override
    public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
      asked = request;
      return answer;
    }

    @Override
    public void close() {
      closed = true;
    }

    void answers() {
      answer.complete(ResponsePrimitive.of(ResponseStatusCode.OK, "1"));
    }

    ApplicationLink link() {
      AssociationLink link =
          new AssociationLink(
              new Exchange(this, Runnable::run),
              () -> new Exchange(this, Runnable::run),
              KA,
              request -> true,
              lost -> {});
      return new ApplicationLink(link, KA, new Lease(Instant.EPOCH, Instant.EPOCH));
    }
  }

  private ApplicationSession session() {
    return new ApplicationSession(AE, association);
  }

  /** Becomes due while the next association is being opened. */
  private CompletableFuture<ApplicationLink> moving() {
    CompletableFuture<ApplicationLink> opened = new CompletableFuture<>();
    next.add(opened);
    rest = Duration.ZERO;
    association.look();
    rest = Duration.ofHours(1);
    return opened;
  }

  @Test
  void requestsUnderWayAreAnsweredInTheAssociationThatTookThem() {
    try (ApplicationSession session = session()) {
      var early = session.send(REQUEST).toCompletableFuture();
      CompletableFuture<ApplicationLink> opened = moving();

      opened.complete(second.link());
      assertThat(first.closed).isFalse();
      var late = session.send(REQUEST).toCompletableFuture();
      second.answers();
      assertThat(late).isCompleted();
      assertThat(early).isNotDone();
      first.answers();

      assertThat(early).isCompleted();
      assertThat(first.closed).isTrue();
      assertThat(second.closed).isFalse();
    }
    assertThat(second.closed).isTrue();
    assertThat(told).isTrue();
  }

  @Test
  void theAssociationBeforeGoesOnUntilAnotherStands() {
    try (ApplicationSession session = session()) {
      CompletableFuture<ApplicationLink> failing = moving();
      rest = Duration.ZERO;
      CompletableFuture<ApplicationLink> opened = new CompletableFuture<>();
      next.add(opened);

      failing.completeExceptionally(new NoAnswerException("connect"));
      var unused = session.send(REQUEST);
      assertThat(first.asked).isNotNull();
      assertThat(first.closed).isFalse();

      await().until(next::isEmpty);
      rest = Duration.ofHours(1);
      opened.complete(second.link());
      first.answers();
      assertThat(first.closed).isTrue();
    }
  }

  @Test
  void oneThatWasClosedMeanwhileLeavesNothingOpen() {
    ApplicationSession session = session();
    CompletableFuture<ApplicationLink> opened = moving();
    session.close();

    opened.complete(second.link());

    assertThat(first.closed).isTrue();
    assertThat(second.closed).isTrue();
  }

  @Test
  void aRequestSpeaksForItsOwnAeOnAnAssociationThatIsShared() {
    try (ApplicationSession session = session()) {
      var unused = session.send(REQUEST);

      assertThat(Objects.requireNonNull(first.asked).from()).contains("/asn-1/C1");
    }
  }

  @Test
  void theAssociationIsClosedWithTheLastOfItsSessions() {
    ApplicationSession session = session();
    assertThat(association.join(new AppInstanceId("C9"))).isFalse();
    assertThat(association.join(new AppInstanceId("C2"))).isTrue();
    ApplicationSession other = new ApplicationSession(new AeId("/asn-1/C2"), association);

    session.close();
    session.close();
    assertThat(first.closed).isFalse();
    other.close();

    assertThat(first.closed).isTrue();
    assertThat(association.join(new AppInstanceId("C2"))).isFalse();
  }
}
