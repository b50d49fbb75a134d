// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.audit;

/**
 * The record of who did what, to be read. Each entry contains the hash of the one before, so that a
 * changed or missing entry shows.
 */
public interface AuditLog {
  /** Recomputes the whole chain. */
  AuditVerification verify();
}
