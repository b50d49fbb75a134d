// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.subscription.EnrolledEntity;

/**
 * A node with a subscription and what was agreed for it (TS-0003 clause 9.2.2.1). It is known by
 * the first of the credentials that it has from the factory; {@link EnroleeRepository} has the
 * others.
 *
 * @param id the identity of the credential that it came with: KpmId, KmId, KpsaId, IMPI, or what
 *     stands for the name in its certificate or for its public key
 * @param factoryKey which of them
 * @param fingerprint tells its key from others, also after it was wiped; of a certificate its name,
 *     of a public key its identifier, of an operator's USIM the FQDN of the BSF
 * @param credentialExpiresAt when that credential ends: for Kpm bootstrapping alone, else all
 * @param entity the SP-relative CSE-ID assigned to it, in lower case without a dot; of a node
 *     without a CSE (an ADN) the AE-ID of its application, whose stem the provider assigned
 * @param path its way to the association
 * @param enrolmentLifetime the Enrolment Expiry: how long a Ke of this node lives
 * @param subscribedUntil when its M2M service subscription ends, and with it whatever was derived;
 *     the row stays, for the subscription may be extended
 * @param standing whether it may still enrol
 * @param minMethod the last method in the provider's order that it may enrol with; none: any
 * @param registrar what it registers with in place of the IN-CSE; none: the IN-CSE
 * @param application as what the application of a node without a CSE may register; none: as any
 */
public record Enrolee(
    KeyIdentifier id,
    FactoryKey factoryKey,
    String fingerprint,
    Instant credentialExpiresAt,
    NodeId nodeId,
    EntityId entity,
    EnrolmentPath path,
    Duration enrolmentLifetime,
    Instant subscribedUntil,
    Standing standing,
    Optional<EnrolmentMethod> minMethod,
    Optional<Registrar> registrar,
    Optional<AppId> application,
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
        entity,
        registrar.map(other -> other.cse().absolute(provider.sp())).orElse(provider.absoluteCse()),
        registrar.map(other -> other.cse().fqdn(provider.sp())).orElse(provider.cseFqdn()),
        registrar
            .map(other -> other.accessPoint().map(List::of).orElse(List.of()))
            .orElse(provider.accessPoints()),
        provider.mef(),
        provider.maf(),
        provider.accessPoints(),
        path);
  }

  /**
   * What its enrolment implies in the service subscription.
   *
   * @param sharing the AEs that share its credentials, besides its own
   */
  public EnrolledEntity subscribed(ServiceProvider provider, List<AeId> sharing) {
    return new EnrolledEntity(
        nodeId, entity, sharing, application, registrar.map(Registrar::cse).orElse(provider.cse()));
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

  /** The first of its credentials from the factory. */
  public FactoryCredential first() {
    return new FactoryCredential(id, factoryKey, fingerprint, credentialExpiresAt, createdAt);
  }

  /** The same, known by another credential. */
  Enrolee withFirst(FactoryCredential changed) {
    return new Enrolee(
        changed.id(),
        changed.factoryKey(),
        changed.fingerprint(),
        changed.expiresAt(),
        nodeId,
        entity,
        path,
        enrolmentLifetime,
        subscribedUntil,
        standing,
        minMethod,
        registrar,
        application,
        createdAt);
  }

  /** The same in another standing. */
  public Enrolee withStanding(Standing changed) {
    return with(subscribedUntil, changed, minMethod);
  }

  /** The same with another end of the subscription. */
  public Enrolee withSubscriptionUntil(Instant end) {
    return with(end, standing, minMethod);
  }

  /** The same with another last method; none: any. */
  public Enrolee withMinMethod(Optional<EnrolmentMethod> least) {
    return with(subscribedUntil, standing, least);
  }

  private Enrolee with(Instant end, Standing changed, Optional<EnrolmentMethod> least) {
    return new Enrolee(
        id,
        factoryKey,
        fingerprint,
        credentialExpiresAt,
        nodeId,
        entity,
        path,
        enrolmentLifetime,
        end,
        changed,
        least,
        registrar,
        application,
        createdAt);
  }
}
