// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.Duration;
import java.time.Instant;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.resource.EnrolmentPath;

/**
 * A node with a subscription and what was agreed for it (TS-0003 clause 9.2.2.1). Its Kpm is the
 * key of the credential under {@code kpmId}.
 *
 * @param kpmId the identity of its bootstrap credential, at the MEF's FQDN
 * @param kpmFingerprint tells its Kpm from others, also after it was wiped
 * @param kpmExpiresAt when bootstrapping ends
 * @param cseId the SP-relative CSE-ID assigned to it, in lower case without a dot
 * @param path its way to the association
 * @param enrolmentLifetime the Enrolment Expiry: how long a Ke of this node lives
 * @param standing whether it may still enrol
 */
public record Enrolee(
    KeyIdentifier kpmId,
    String kpmFingerprint,
    Instant kpmExpiresAt,
    NodeId nodeId,
    CseId cseId,
    EnrolmentPath path,
    Duration enrolmentLifetime,
    Standing standing,
    Instant createdAt) {

  /** Whether a node may enrol. */
  public sealed interface Standing {
    record Active() implements Standing {}

    /**
     * It may not, and never will.
     *
     * @param reason what the operator gave
     */
    record Revoked(Instant at, String reason) implements Standing {}
  }

  public boolean isRevoked() {
    return standing instanceof Standing.Revoked;
  }

  Enrolee revoked(Instant at, String reason) {
    return withStanding(new Standing.Revoked(at, reason));
  }

  /** The same in another standing. */
  public Enrolee withStanding(Standing changed) {
    return new Enrolee(
        kpmId,
        kpmFingerprint,
        kpmExpiresAt,
        nodeId,
        cseId,
        path,
        enrolmentLifetime,
        changed,
        createdAt);
  }
}
