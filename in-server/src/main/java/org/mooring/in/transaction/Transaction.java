// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.transaction;

import java.time.Instant;
import org.mooring.in.audit.AuditLog;
import org.mooring.in.audit.AuditTrail;

/** What every transaction offers, whichever function opened it. */
public interface Transaction {
  /** The one time of this transaction, in whole milliseconds. */
  Instant now();

  /**
   * Has something done once this transaction is on disk and before its caller hears of it, such as
   * closing the live sessions of a revoked credential. Hooks run one at a time in the order of the
   * commits, never if the work failed, and must not block.
   *
   * @throws IllegalStateException in a transaction that only reads
   */
  void afterCommit(Runnable hook);

  /** Takes entries at this transaction's time. */
  AuditTrail audit();

  /** The whole audit log, this transaction's entries included. */
  AuditLog auditLog();

  RepeatedRequests repeatedRequests();
}
