// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.audit;

import java.util.List;
import java.util.Optional;

/**
 * The record of who did what, to be read. Each entry contains the hash of the one before, so that a
 * changed or missing entry shows.
 */
public interface AuditLog {
  /** Recomputes the whole chain. */
  AuditVerification verify();

  /** The last entries, the oldest of them first. */
  List<AuditRecord> latest(int limit);

  /** The entry of a number. */
  Optional<AuditRecord> find(long seq);
}
