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
 * @param id the identity of the credential that it came with: KpmId, KmId, KpsaId, IMPI, or what
 *     stands for the name in its certificate or for its public key
 * @param factoryKey which of them
 * @param fingerprint tells its key from others, also after it was wiped; of a certificate its name,
 *     of a public key its identifier
 * @param credentialExpiresAt when that credential ends: for Kpm bootstrapping alone, else all
 * @param cseId the SP-relative CSE-ID assigned to it, in lower case without a dot
 * @param path its way to the association
 * @param enrolmentLifetime the Enrolment Expiry: how long a Ke of this node lives
 * @param subscribedUntil when its M2M service subscription ends, and with it whatever was derived;
 *     the row stays, for the subscription may be extended
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
    Instant subscribedUntil,
    Standing standing,
    Instant createdAt) {

  /** Whether a node may enrol. */
  public sealed interface Standing {
    record Active() implements Standing {}

    /**
     * It may not, and never will; what it derived lives to its own end.
     *
     * @param reason what the operator gave
     */
    record Retired(Instant at, String reason) implements Standing {}

    /**
     * It may not, and never will: it counts as compromised, with all that it derived.
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

  public boolean isRetired() {
    return standing instanceof Standing.Retired;
  }

  /** Whether its subscription has ended by this time. */
  public boolean isEndedAt(Instant now) {
    return !now.isBefore(subscribedUntil);
  }

  /** When its factory credential stops to open sessions: with itself or with the subscription. */
  Instant opensUntil() {
    return credentialExpiresAt.isBefore(subscribedUntil) ? credentialExpiresAt : subscribedUntil;
  }

  /** The same with another factory key of the same kind and life. */
  Enrolee withFactoryKey(KeyIdentifier changedId, String changedFingerprint) {
    return new Enrolee(
        changedId,
        factoryKey,
        changedFingerprint,
        credentialExpiresAt,
        nodeId,
        cseId,
        path,
        enrolmentLifetime,
        subscribedUntil,
        standing,
        createdAt);
  }

  /** The same in another standing. */
  public Enrolee withStanding(Standing changed) {
    return with(subscribedUntil, changed);
  }

  /** The same with another end of the subscription. */
  public Enrolee withSubscriptionUntil(Instant end) {
    return with(end, standing);
  }

  private Enrolee with(Instant end, Standing changed) {
    return new Enrolee(
        id,
        factoryKey,
        fingerprint,
        credentialExpiresAt,
        nodeId,
        cseId,
        path,
        enrolmentLifetime,
        end,
        changed,
        createdAt);
  }
}
