// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes failed handshakes to the audit log: below CoAP it is the only sign of them. Anyone can
 * make handshakes fail, so that the log takes a burst of them and then one every few seconds; an
 * entry says how many were left out before it.
 */
public final class HandshakeRecord {
  private static final Logger LOG = LoggerFactory.getLogger(HandshakeRecord.class);

  /** Entries that a quiet time saves up. */
  private static final int BURST = 500;

  /** One entry more: at most 8,640 a day, some 3 MB. */
  private static final Duration EVERY = Duration.ofSeconds(10);

  private static final int SHOWN_IDENTITY = 128;

  private final Transactions<Repositories> store;
  private final AuditAction action;
  private final InstantSource clock;
  private final AtomicLong failures = new AtomicLong();
  private Instant savedUpSince;
  private int budget = BURST;
  private long leftOut;

  public HandshakeRecord(Transactions<Repositories> store, InstantSource clock) {
    this(store, AuditAction.HANDSHAKE_FAILED, clock);
  }

  /**
   * A record of other failures that anyone can provoke.
   *
   * @param action what the audit log calls them
   */
  public HandshakeRecord(
      Transactions<Repositories> store, AuditAction action, InstantSource clock) {
    this.store = store;
    this.action = action;
    this.clock = clock;
    this.savedUpSince = clock.instant();
  }

  /**
   * Notes a failed handshake.
   *
   * @param reason one line without secrets
   */
  public void failed(InetSocketAddress peer, Optional<String> identity, String reason) {
    failed(text(peer), identity, reason);
  }

  static String text(InetSocketAddress peer) {
    return peer.getAddress().getHostAddress() + ":" + peer.getPort();
  }

  /**
   * Notes a failure.
   *
   * @param peer the address that provoked it
   * @param reason one line without secrets
   */
  public void failed(String peer, Optional<String> identity, String reason) {
    failed(peer, identity, Attributes.builder().put("reason", reason).build());
  }

  /**
   * Notes a failure.
   *
   * @param peer the address that provoked it
   * @param what the {@code reason}, and what else there is to know of it, without secrets
   */
  void failed(String peer, Optional<String> identity, Attributes what) {
    failures.incrementAndGet();
    OptionalLong leftOutBefore = take();
    if (leftOutBefore.isEmpty()) {
      return;
    }
    Attributes.Builder detail = Attributes.builder().put("peer", peer).putAll(what);
    if (leftOutBefore.getAsLong() > 0) {
      detail.put("leftOutBefore", leftOutBefore.getAsLong());
    }
    write(identity.map(HandshakeRecord::printable).orElse("-"), detail.build());
  }

  /** How many handshakes failed since the start. */
  public long count() {
    return failures.get();
  }

  private void write(String subject, Attributes detail) {
    store
        .write(
            tx -> {
              tx.audit().record("server", action, subject, detail);
              return true;
            })
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("a failed handshake could not be recorded: {}", failure.toString());
              }
            });
  }

  /** How many were left out before this one, or empty if this one is left out too. */
  private synchronized OptionalLong take() {
    Instant now = clock.instant();
    long saved = Math.max(0, Duration.between(savedUpSince, now).dividedBy(EVERY));
    savedUpSince = savedUpSince.plus(EVERY.multipliedBy(saved));
    budget = (int) Math.min(BURST, budget + saved);
    if (budget == 0) {
      leftOut++;
      return OptionalLong.empty();
    }
    budget--;
    long before = leftOut;
    leftOut = 0;
    return OptionalLong.of(before);
  }

  private static String printable(String identity) {
    String visible = identity.replaceAll("[^\\x21-\\x7E]", "?");
    return visible.length() > SHOWN_IDENTITY ? visible.substring(0, SHOWN_IDENTITY) : visible;
  }
}
