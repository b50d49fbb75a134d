// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.audit;

import org.mooring.common.primitive.Attributes;

/** Takes entries of the audit log; one is kept if and only if the work it belongs to is. */
@FunctionalInterface
public interface AuditTrail {
  /**
   * Adds an entry.
   *
   * @param actor who did it: a credential's identity, {@code admin} or {@code server}
   * @param subject the identity, registration or resource it was done to
   * @param detail names and reasons, never a secret
   */
  void record(String actor, AuditAction action, String subject, Attributes detail);

  /** Adds an entry without detail. */
  default void record(String actor, AuditAction action, String subject) {
    record(actor, action, subject, Attributes.NONE);
  }
}
