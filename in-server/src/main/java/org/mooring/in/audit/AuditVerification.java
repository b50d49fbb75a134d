// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.audit;

import java.util.OptionalLong;

/**
 * What recomputing the audit log's chain found. A log cut at its end is a valid chain: compare
 * {@code entries} and {@code head} with what an earlier verification gave.
 *
 * @param entries how many entries are intact, counted from the first
 * @param head the last intact entry's hash in hex, empty for an empty log
 * @param firstBroken the sequence number from which the log was changed, if it was
 */
public record AuditVerification(long entries, String head, OptionalLong firstBroken) {
  public boolean intact() {
    return firstBroken.isEmpty();
  }
}
