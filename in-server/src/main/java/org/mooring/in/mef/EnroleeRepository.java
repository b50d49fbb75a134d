// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.resource.EnrolmentMethod;

/** The enrolees, revoked ones included, within one transaction. */
public interface EnroleeRepository {
  /**
   * The enrolee that has this credential from the factory.
   *
   * @param id the one that it is known by, or another
   */
  Optional<Enrolee> find(KeyIdentifier id);

  /**
   * The enrolee with this CSE-ID.
   *
   * @param entity SP-relative
   */
  Optional<Enrolee> findByEntity(EntityId entity);

  /**
   * The enrolee that authenticates as a client, by whichever of its credentials.
   *
   * @param client its absolute CSE-ID
   */
  Optional<Enrolee> ofClient(EntityId client);

  Optional<Enrolee> findByNode(NodeId nodeId);

  /**
   * Adds an enrolee.
   *
   * @throws RuntimeException if its id, CSE-ID or node id is taken
   */
  void add(Enrolee enrolee);

  /** Sets the standing. */
  void setStanding(KeyIdentifier id, Enrolee.Standing standing);

  /** Sets the end of the subscription, which is to be recorded once it came. */
  void setSubscriptionEnd(KeyIdentifier id, Instant end);

  /** Sets the last method that it may enrol with; none: any. */
  void setMinMethod(KeyIdentifier id, Optional<EnrolmentMethod> least);

  /** The last methods that any of them may enrol with. */
  Set<EnrolmentMethod> minMethods();

  /** Notes that the end of the subscription was recorded. */
  void noteEndRecorded(KeyIdentifier id);

  /**
   * Those whose subscription ended by this time and whose end was not recorded, at most {@code
   * limit}.
   */
  List<Enrolee> endedBefore(Instant time, int limit);

  /**
   * Has an enrolee be known by another first credential.
   *
   * @param id the earlier id
   * @param renewed the enrolee as it is from now on
   */
  void setFirst(KeyIdentifier id, Enrolee renewed);

  /** The credentials that an enrolee has from the factory besides the first, oldest first. */
  List<FactoryCredential> further(EntityId entity);

  /**
   * Adds one to them.
   *
   * @throws RuntimeException if its id is taken
   */
  void addFurther(EntityId entity, FactoryCredential credential);

  /** Takes one of them away. */
  void removeFurther(EntityId entity, KeyIdentifier id);

  /**
   * The AEs that share the credentials of an enrolee, besides its own, in the order of their ids.
   *
   * @return SP-relative AE-IDs
   */
  List<AeId> sharing(EntityId entity);

  /**
   * The enrolee whose credentials an AE shares.
   *
   * @param ae SP-relative
   * @return the SP-relative AE-ID of that one's own AE; empty for an AE that shares none
   */
  Optional<EntityId> sharedBy(AeId ae);

  /**
   * Has an AE share the credentials of an enrolee.
   *
   * @throws RuntimeException if it shares any
   */
  void addSharing(EntityId entity, AeId ae);

  /** All credentials that an enrolee has from the factory, the first of them first. */
  default List<FactoryCredential> credentialsOf(Enrolee enrolee) {
    return Stream.concat(Stream.of(enrolee.first()), further(enrolee.entity()).stream()).toList();
  }

  /** A credential that an enrolee has from the factory. */
  default Optional<FactoryCredential> factoryCredential(KeyIdentifier id) {
    return find(id)
        .flatMap(
            enrolee ->
                enrolee.id().equals(id)
                    ? Optional.of(enrolee.first())
                    : further(enrolee.entity()).stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst());
  }

  /**
   * A page of them in the order of their ids.
   *
   * @param after the id before the first, empty to begin
   */
  List<Enrolee> page(String after, int limit);
}
