// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.Duration;
import java.time.Instant;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.provider.ServiceProvider;

/**
 * A node with a subscription and what was agreed for it (TS-0003 clause 9.2.2.1). Its factory key
 * is that of the credential under {@code id}.
 *
 * @param id the identity of the credential that it came with: KpmId, KmId, KpsaId, or what stands
 *     for the name in its certificate or for its public key
 * @param factoryKey which of them
 * @param fingerprint tells its key from others, also after it was wiped; of a certificate its name,
 *     of a public key its identifier
 * @param credentialExpiresAt when that credential ends: for Kpm bootstrapping alone, else all
 * @param cseId the SP-relative CSE-ID assigned to it, in lower case without a dot
 * @param path its way to the association
 * @param enrolmentLifetime the Enrolment Expiry: how long a Ke of this node lives
 * @param standing whether it may still enrol
 */
public record Enrolee(
    KeyIdentifier id,
    FactoryKey factoryKey,
    String fingerprint,
    Instant credentialExpiresAt,
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

  /** What the node has to know besides its keys (design section 4). */
  ClientConfiguration configuration(ServiceProvider provider) {
    return new ClientConfiguration(
        nodeId,
        cseId,
        provider.absoluteCse(),
        provider.cseFqdn(),
        provider.accessPoints(),
        provider.mef(),
        provider.maf(),
        provider.accessPoints(),
        path);
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
        id,
        factoryKey,
        fingerprint,
        credentialExpiresAt,
        nodeId,
        cseId,
        path,
        enrolmentLifetime,
        changed,
        createdAt);
  }
}
