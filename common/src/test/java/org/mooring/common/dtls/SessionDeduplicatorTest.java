// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.Exchange.Origin;
import org.eclipse.californium.core.network.KeyMID;
import org.eclipse.californium.elements.util.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionDeduplicatorTest {
  private static final Duration LIFETIME = Duration.ofMinutes(4);
  private static final SessionKey ONE = session(1);
  private static final SessionKey OTHER = session(2);
  private static final int MID = 4711;

  private final AtomicLong nanos = new AtomicLong();
  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final SessionDeduplicator repeats = new SessionDeduplicator(LIFETIME, nanos::get);

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void recognisesAMessageThatComesAgain() {
    Exchange first = received(ONE);

    assertThat(repeats.findPrevious(new KeyMID(MID, ONE), first)).isNull();
    assertThat(repeats.findPrevious(new KeyMID(MID, ONE), received(ONE))).isSameAs(first);
    assertThat(repeats.find(new KeyMID(MID, ONE))).isSameAs(first);
  }

  @Test
  void tellsMessagesAndSessionsApart() {
    add(MID, ONE);

    assertThat(repeats.findPrevious(new KeyMID(MID + 1, ONE), received(ONE))).isNull();
    assertThat(repeats.findPrevious(new KeyMID(MID, OTHER), received(OTHER))).isNull();
    assertThat(repeats.size()).isEqualTo(3);
  }

  @Test
  void takesAMessageForANewOneWhereTheOtherEndBeganTheExchange() {
    Exchange begunHere = new Exchange(Request.newPost(), ONE, Origin.LOCAL, executor);
    Exchange begunThere = received(ONE);

    assertThat(repeats.findPrevious(new KeyMID(MID, ONE), begunHere)).isNull();
    assertThat(repeats.findPrevious(new KeyMID(MID, ONE), begunThere)).isNull();
    assertThat(repeats.find(new KeyMID(MID, ONE))).isSameAs(begunThere);
  }

  @Test
  void letsGoOfASessionsExchangesWithTheSession() {
    add(MID, ONE);
    add(MID, OTHER);

    repeats.forget(ONE);

    assertThat(repeats.size()).isOne();
    assertThat(repeats.find(new KeyMID(MID, ONE))).isNull();
  }

  @Test
  void letsGoOfExchangesThatAreOlderThanTheirLifetime() {
    add(MID, ONE);
    nanos.addAndGet(LIFETIME.toNanos());
    Exchange younger = received(ONE);
    repeats.findPrevious(new KeyMID(MID + 1, ONE), younger);

    repeats.sweep();
    assertThat(repeats.size()).isEqualTo(2);

    nanos.incrementAndGet();
    repeats.sweep();
    assertThat(repeats.size()).isOne();
    assertThat(repeats.find(new KeyMID(MID + 1, ONE))).isSameAs(younger);

    nanos.addAndGet(LIFETIME.toNanos());
    repeats.sweep();
    assertThat(repeats.isEmpty()).isTrue();
  }

  @Test
  void theOldestOfTooManyMakesRoom() {
    add(0, OTHER);
    for (int mid = 0; mid <= SessionDeduplicator.MOST; mid++) {
      add(mid, ONE);
    }

    assertThat(repeats.find(new KeyMID(0, ONE))).isNull();
    assertThat(repeats.find(new KeyMID(1, ONE))).isNotNull();
    assertThat(repeats.find(new KeyMID(0, OTHER))).isNotNull();
    assertThat(repeats.size()).isEqualTo(SessionDeduplicator.MOST + 1);
  }

  @Test
  void ofManyThoseMakeRoomThatNobodyRepeatsAnyLonger() {
    for (int mid = 0; mid < SessionDeduplicator.MANY; mid++) {
      add(mid, ONE);
    }
    nanos.addAndGet(SessionDeduplicator.GIVEN_UP_AFTER.toNanos());
    add(SessionDeduplicator.MANY, ONE);
    assertThat(repeats.find(new KeyMID(0, ONE))).isNotNull();

    nanos.incrementAndGet();
    add(SessionDeduplicator.MANY + 1, ONE);
    assertThat(repeats.find(new KeyMID(0, ONE))).isNull();
    assertThat(repeats.find(new KeyMID(1, ONE))).isNotNull();
  }

  @Test
  void replacesWhatIsStillThere() {
    Exchange first = add(MID, ONE);
    Exchange second = received(ONE);

    assertThat(repeats.replacePrevious(new KeyMID(MID, ONE), first, second)).isTrue();
    assertThat(repeats.find(new KeyMID(MID, ONE))).isSameAs(second);
    assertThat(repeats.replacePrevious(new KeyMID(MID, ONE), first, received(ONE))).isFalse();
    assertThat(repeats.find(new KeyMID(MID, ONE))).isSameAs(second);
    assertThat(repeats.replacePrevious(new KeyMID(MID, OTHER), first, second)).isTrue();
  }

  private Exchange add(int mid, SessionKey session) {
    Exchange exchange = received(session);
    assertThat(repeats.findPrevious(new KeyMID(mid, session), exchange)).isNull();
    return exchange;
  }

  private Exchange received(SessionKey session) {
    return new Exchange(Request.newPost(), session, Origin.REMOTE, executor);
  }

  private static SessionKey session(int id) {
    return new SessionKey(new Bytes(new byte[] {(byte) id}), 1_700_000_000_000L);
  }
}
