// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mooring.common.dtls.FakeSession;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.authz.SecurityPrincipal;

class LiveSessionsTest {
  private static final KeyIdentifier ONE = KeyIdentifier.parse("one@maf.sp.example.org");
  private static final KeyIdentifier TWO = KeyIdentifier.parse("two@maf.sp.example.org");
  private static final CseId CLIENT = new CseId("//sp.example.org/asn-1");

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final Map<KeyIdentifier, CompletableFuture<Optional<SecurityPrincipal>>> directory =
      new HashMap<>();
  private final LiveSessions sessions =
      new LiveSessions(
          KeyIdentifier::parse,
          this::lookUp,
          scheduler,
          InstantSource.system(),
          new LiveSessions.Caps(4, 6));

  @AfterEach
  void tearDown() {
    scheduler.shutdownNow();
  }

  private CompletionStage<Optional<SecurityPrincipal>> lookUp(
      KeyIdentifier credential, Optional<Fqdn> serverName) {
    return directory.computeIfAbsent(
        credential, c -> CompletableFuture.completedFuture(principal(c, Duration.ofDays(1))));
  }

  private static Optional<SecurityPrincipal> principal(KeyIdentifier credential, Duration life) {
    return Optional.of(
        new SecurityPrincipal.MafClient(credential, CLIENT, Instant.now().plus(life)));
  }

  @Test
  void theFifthSessionOfACredentialClosesItsOldest() {
    Fake first = entered("1", ONE);
    Fake other = entered("other", TWO);
    entered("2", ONE);
    entered("3", ONE);
    Fake fourth = entered("4", ONE);
    assertThat(first.closed).isFalse();

    Fake fifth = entered("5", ONE);

    assertThat(first.closed).isTrue();
    assertThat(fourth.closed || fifth.closed || other.closed).isFalse();
    assertThat(sessions.count()).isEqualTo(5);
  }

  @Test
  void aSessionIsANewcomerUntilItSpeaksOrEndsOrIsNoLongerYoung() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    LiveSessions timed =
        new LiveSessions(
            KeyIdentifier::parse, this::lookUp, scheduler, now::get, new LiveSessions.Caps(4, 6));
    Fake early = new Fake("early", ONE);
    timed.enter(early);
    now.updateAndGet(instant -> instant.plusSeconds(6));
    Fake speaks = new Fake("speaks", key(1));
    Fake ends = new Fake("ends", key(2));
    Fake waits = new Fake("waits", key(3));
    List.of(speaks, ends, waits).forEach(timed::enter);
    assertThat(timed.newcomers()).isEqualTo(4);

    timed.ofRequest(speaks);
    assertThat(timed.newcomers()).isEqualTo(3);
    timed.leave(ends);
    assertThat(timed.newcomers()).isEqualTo(2);
    now.updateAndGet(instant -> instant.plusSeconds(6));
    assertThat(timed.newcomers()).isEqualTo(1);
    assertThat(timed.count()).isEqualTo(3);
  }

  @Test
  void aClientIsReachedOverTheYoungestAssociationThatItHas() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    LiveSessions timed =
        new LiveSessions(
            KeyIdentifier::parse, this::lookUp, scheduler, now::get, new LiveSessions.Caps(4, 6));
    directory.put(TWO, CompletableFuture.completedFuture(associated(TWO)));
    Fake old = new Fake("old", TWO);
    Fake young = new Fake("young", TWO);
    for (Fake session : List.of(old, young, new Fake("at the MAF", ONE))) {
      timed.enter(session);
      now.updateAndGet(instant -> instant.plusSeconds(1));
    }

    assertThat(timed.association(List.of(ONE, TWO)).map(LiveSession::session)).contains(young);
    timed.leave(young);
    assertThat(timed.association(List.of(ONE, TWO)).map(LiveSession::session)).contains(old);
    timed.leave(old);
    assertThat(timed.association(List.of(ONE, TWO))).isEmpty();
    assertThat(timed.credentials()).containsExactly(ONE);
  }

  private static Optional<SecurityPrincipal> associated(KeyIdentifier credential) {
    return Optional.of(
        new SecurityPrincipal.AssociatedEntity(
            credential, CLIENT, Instant.now().plus(Duration.ofDays(1))));
  }

  @Test
  void aSessionThatIsGoneDoesNotStand() {
    Fake session = entered("1", ONE);
    LiveSession live = sessions.ofRequest(session).orElseThrow();
    assertThat(sessions.stands(live)).isTrue();

    sessions.leave(session);

    assertThat(sessions.stands(live)).isFalse();
  }

  @Test
  void beyondTheCapOnSilentSessionsTheOldestFallsAndNoneThatSpoke() {
    Fake spoke = entered("spoke", key(0));
    assertThat(sessions.ofRequest(spoke)).isPresent();
    Fake oldestSilent = entered("silent", key(1));
    for (int i = 2; i <= 6; i++) {
      entered("silent-" + i, key(i));
    }
    assertThat(oldestSilent.closed).isFalse();

    Fake newest = entered("newest", key(7));

    assertThat(oldestSilent.closed).isTrue();
    assertThat(spoke.closed || newest.closed).isFalse();
  }

  @Test
  void aSessionWhoseCredentialEndedBeforeItWasEnteredIsClosed() {
    directory.put(ONE, CompletableFuture.completedFuture(Optional.empty()));
    assertThat(entered("1", ONE).closed).isTrue();
    directory.put(TWO, CompletableFuture.failedFuture(new IllegalStateException("away")));
    assertThat(entered("2", TWO).closed).isTrue();
    assertThat(sessions.count()).isZero();
  }

  @Test
  void aRevocationWhileThePrincipalIsLookedUpClosesTheSessionForGood() {
    CompletableFuture<Optional<SecurityPrincipal>> slow = new CompletableFuture<>();
    directory.put(ONE, slow);
    Fake session = entered("1", ONE);

    sessions.end(List.of(ONE));

    assertThat(session.closed).isTrue();
    slow.complete(principal(ONE, Duration.ofDays(1)));
    assertThat(sessions.ofRequest(session)).isEmpty();
    assertThat(sessions.isAnyInUse(Set.of(ONE))).isFalse();
  }

  @Test
  void aSessionIsClosedAtTheNewEndOfAShortenedCredential() {
    Fake session = entered("1", ONE);
    sessions.endAt(ONE, Instant.now());
    await().atMost(Duration.ofSeconds(2)).until(() -> session.closed);
  }

  @Test
  void aLookUpThatIsOlderThanANewEndDoesNotBringTheOldOneBack() {
    CompletableFuture<Optional<SecurityPrincipal>> slow = new CompletableFuture<>();
    directory.put(ONE, slow);
    Fake session = entered("1", ONE);
    sessions.endAt(ONE, Instant.now().plusMillis(200));
    slow.complete(principal(ONE, Duration.ofDays(1)));
    await().atMost(Duration.ofSeconds(2)).until(() -> session.closed);
  }

  @Test
  void aSessionIsClosedWhenItsCredentialExpires() {
    directory.put(ONE, CompletableFuture.completedFuture(principal(ONE, Duration.ofMillis(300))));
    Fake session = entered("1", ONE);
    assertThat(session.closed).isFalse();
    await().atMost(Duration.ofSeconds(2)).until(() -> session.closed);
  }

  private static KeyIdentifier key(int number) {
    return KeyIdentifier.parse("key-" + number + "@maf.sp.example.org");
  }

  private Fake entered(String id, KeyIdentifier credential) {
    Fake session = new Fake(id, credential);
    sessions.enter(session);
    return session;
  }

  /** It leaves the table as it is closed. */
  private final class Fake extends FakeSession {
    private volatile boolean closed;

    Fake(String id, KeyIdentifier credential) {
      super(id, credential);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        sessions.leave(this);
      }
    }
  }
}
