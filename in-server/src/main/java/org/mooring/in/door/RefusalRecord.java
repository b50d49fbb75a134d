// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Failures;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.RecordedRefusalException;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;

/**
 * Takes note of refusals that the audit log is to have, of each kind as many as of handshakes that
 * fail: whoever is refused may go on trying.
 */
public final class RefusalRecord {
  private final Transactions<Repositories> store;
  private final InstantSource clock;
  private final Map<AuditAction, HandshakeRecord> records = new ConcurrentHashMap<>();

  public RefusalRecord(Transactions<Repositories> store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The failure of a request as its answer is to tell it. One for the record is recorded.
   *
   * @param credential what authenticated whoever asked, if anything did
   * @param answer what stands for that one in the answer
   */
  CompletionException told(
      InetSocketAddress peer,
      Optional<KeyIdentifier> credential,
      Throwable failure,
      Function<RecordedRefusalException, RuntimeException> answer) {
    Throwable cause = Failures.causeOf(failure);
    if (!(cause instanceof RecordedRefusalException refused)) {
      return new CompletionException(cause);
    }
    records
        .computeIfAbsent(refused.action(), action -> new HandshakeRecord(store, action, clock))
        .failed(
            HandshakeRecord.text(peer),
            refused.subject().or(() -> credential.map(KeyIdentifier::toString)),
            refused.detail());
    return new CompletionException(answer.apply(refused));
  }
}
