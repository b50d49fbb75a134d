// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.KeyMID;
import org.eclipse.californium.core.network.deduplication.Deduplicator;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the messages that a peer repeats since it missed the answer (RFC 7252 clause 4.2),
 * session by session. An exchange takes some 5 KiB and Californium's own deduplicators keep each
 * for EXCHANGE_LIFETIME, four minutes; here it goes with its session, over which alone it could be
 * repeated, and a node leaves most of its sessions within a second.
 *
 * <p>Nor has one session room for any number. Beyond {@value #MANY} the oldest go that nobody
 * repeats any longer, beyond {@value #MOST} the oldest of all. What is worked on when its session
 * ends is remembered for its lifetime, as nothing tells of the session's end again.
 */
final class SessionDeduplicator implements Deduplicator {
  static final int MANY = 1_024;

  /** Some 40 MiB: ninety requests each second for as long as they may be repeated. */
  static final int MOST = 8_192;

  /** RFC 7252's MAX_TRANSMIT_WAIT: whoever sent a message that long ago has given it up. */
  static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(93);

  private static final Duration SWEPT_EACH = Duration.ofSeconds(10);

  private final Duration lifetime;
  private final LongSupplier nanoTime;

  /** Those of each session by their message id, the oldest first. */
  private final ConcurrentMap<Object, Map<Integer, Received>> sessions = new ConcurrentHashMap<>();

  private @Nullable ScheduledExecutorService executor;
  private @Nullable Future<?> sweeping;

  /** An exchange, and when its message came. */
  private record Received(Exchange exchange, long nanoTime) {}

  /**
   * @param lifetime for which a message is recognised, RFC 7252's EXCHANGE_LIFETIME, where its
   *     session stands and has not too many
   * @param nanoTime as {@link System#nanoTime()}
   */
  SessionDeduplicator(Duration lifetime, LongSupplier nanoTime) {
    this.lifetime = lifetime;
    this.nanoTime = nanoTime;
  }

  /** Lets go of what came over a session that has ended. */
  void forget(SessionKey session) {
    sessions.remove(session);
  }

  /** An exchange that the other end began takes the place of one that this end began. */
  @Override
  public @Nullable Exchange findPrevious(KeyMID key, Exchange exchange) {
    return putUnless(key, exchange, known -> known.getOrigin() == exchange.getOrigin());
  }

  @Override
  public boolean replacePrevious(KeyMID key, Exchange previous, Exchange exchange) {
    return putUnless(key, exchange, known -> known != previous) == null;
  }

  /**
   * Remembers an exchange.
   *
   * @param stays whether the one that is known by this message is not to be replaced
   * @return the one that stays
   */
  private @Nullable Exchange putUnless(KeyMID key, Exchange exchange, Predicate<Exchange> stays) {
    Found found = new Found();
    sessions.compute(
        key.getPeer(),
        (peer, known) -> {
          Map<Integer, Received> received = known == null ? new LinkedHashMap<>(4) : known;
          found.exchange = exchangeOf(received.get(key.getMID()));
          if (found.exchange == null || !stays.test(found.exchange)) {
            found.exchange = null;
            put(received, key, exchange);
          }
          return received;
        });
    return found.exchange;
  }

  /** What was found, set while the session's entry is locked. */
  private static final class Found {
    private @Nullable Exchange exchange;
  }

  private void put(Map<Integer, Received> received, KeyMID key, Exchange exchange) {
    long now = nanoTime.getAsLong();
    received.remove(key.getMID()); // its place is the newest's
    received.put(key.getMID(), new Received(exchange, now));
    if (received.size() > MANY) {
      Iterator<Received> oldest = received.values().iterator();
      boolean isGivenUp = now - oldest.next().nanoTime() > GIVEN_UP_AFTER.toNanos();
      if (isGivenUp || received.size() > MOST) {
        oldest.remove();
      }
    }
  }

  @Override
  public @Nullable Exchange find(KeyMID key) {
    Found found = new Found();
    sessions.computeIfPresent(
        key.getPeer(),
        (peer, received) -> {
          found.exchange = exchangeOf(received.get(key.getMID()));
          return received;
        });
    return found.exchange;
  }

  private static @Nullable Exchange exchangeOf(@Nullable Received received) {
    return received == null ? null : received.exchange();
  }

  /** Lets go of what is older than the lifetime. */
  void sweep() {
    long now = nanoTime.getAsLong();
    sessions.keySet().forEach(session -> sweep(session, now));
  }

  private void sweep(Object session, long now) {
    sessions.computeIfPresent(
        session,
        (peer, received) -> {
          Iterator<Received> oldest = received.values().iterator();
          while (oldest.hasNext() && now - oldest.next().nanoTime() > lifetime.toNanos()) {
            oldest.remove();
          }
          return received.isEmpty() ? null : received;
        });
  }

  @Override
  public synchronized void setExecutor(ScheduledExecutorService timer) {
    executor = timer;
  }

  @Override
  public synchronized void start() {
    if (sweeping == null && executor != null) {
      long each = SWEPT_EACH.toMillis();
      sweeping = executor.scheduleWithFixedDelay(this::sweep, each, each, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void stop() {
    if (sweeping != null) {
      sweeping.cancel(false);
      sweeping = null;
    }
    clear();
  }

  @Override
  public boolean isEmpty() {
    return sessions.isEmpty();
  }

  @Override
  public int size() {
    return sessions.values().stream().mapToInt(Map::size).sum();
  }

  @Override
  public void clear() {
    sessions.clear();
  }
}
