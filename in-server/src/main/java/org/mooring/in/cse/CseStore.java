// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.time.Instant;
import org.mooring.in.audit.AuditTrail;

/** What one transaction offers to the CSE's procedures. */
public interface CseStore {
  /** The time of this transaction; one for everything it does. */
  Instant now();

  ResourceRepository resources();

  AuditTrail audit();

  /** Runs the action once the transaction is on disk, and never if it fails. */
  void afterCommit(Runnable action);
}
