// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.transaction;

import java.util.Map;

/**
 * The append-only record of who did what. Each entry contains the hash of the one before, so that a
 * changed or missing entry shows.
 */
public interface AuditLog {
  /**
   * Appends an entry to this transaction, with the transaction's time.
   *
   * @param actor who: an absolute id, a credential id or {@code admin}
   * @param action what, in the past tense, such as {@code enrolee-revoked}
   * @param subject to what: a resource address, a key identifier; never key bytes
   * @param detail anything else worth knowing, by name; never key bytes
   */
  void append(String actor, String action, String subject, Map<String, String> detail);

  /** Recomputes the whole chain. */
  AuditVerification verify();
}
