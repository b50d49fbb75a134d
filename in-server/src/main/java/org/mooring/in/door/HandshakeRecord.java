// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes failed handshakes to the audit log: below CoAP it is the only sign of them. Anyone can
 * make handshakes fail, so only so many a second are written; the rest is counted.
 */
public final class HandshakeRecord {
  private static final Logger LOG = LoggerFactory.getLogger(HandshakeRecord.class);
  private static final int PER_SECOND = 20;
  private static final int SHOWN_IDENTITY = 128;

  private final Transactions<Repositories> store;
  private final InstantSource clock;
  private final AtomicLong failures = new AtomicLong();
  private long second;
  private int inSecond;

  public HandshakeRecord(Transactions<Repositories> store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Notes a failed handshake.
   *
   * @param reason one line without secrets
   */
  public void failed(InetSocketAddress peer, Optional<String> identity, String reason) {
    failures.incrementAndGet();
    if (!takesOne()) {
      return;
    }
    Attributes detail =
        Attributes.builder()
            .put("peer", peer.getAddress().getHostAddress() + ":" + peer.getPort())
            .put("reason", reason)
            .build();
    String subject = identity.map(HandshakeRecord::printable).orElse("-");
    store
        .write(
            tx -> {
              tx.audit().record("server", AuditAction.HANDSHAKE_FAILED, subject, detail);
              return true;
            })
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("a failed handshake could not be recorded: {}", failure.toString());
              }
            });
  }

  /** How many handshakes failed since the start. */
  public long count() {
    return failures.get();
  }

  private synchronized boolean takesOne() {
    long now = clock.instant().getEpochSecond();
    if (now != second) {
      second = now;
      inSecond = 0;
    }
    inSecond++;
    return inSecond <= PER_SECOND;
  }

  private static String printable(String identity) {
    String visible = identity.replaceAll("[^\\x21-\\x7E]", "?");
    return visible.length() > SHOWN_IDENTITY ? visible.substring(0, SHOWN_IDENTITY) : visible;
  }
}
