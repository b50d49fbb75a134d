// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;

/** The enrolees, revoked ones included, within one transaction. */
public interface EnroleeRepository {
  Optional<Enrolee> find(KeyIdentifier id);

  /**
   * The enrolee with this CSE-ID.
   *
   * @param cseId SP-relative
   */
  Optional<Enrolee> findByCse(CseId cseId);

  /**
   * The enrolee that authenticates as a client, by whichever of its credentials.
   *
   * @param client its absolute CSE-ID
   */
  Optional<Enrolee> ofClient(CseId client);

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

  /** Notes that the end of the subscription was recorded. */
  void noteEndRecorded(KeyIdentifier id);

  /**
   * Those whose subscription ended by this time and whose end was not recorded, at most {@code
   * limit}.
   */
  List<Enrolee> endedBefore(Instant time, int limit);

  /**
   * Sets the id and the fingerprint of the factory key of an enrolee.
   *
   * @param id the earlier id
   * @param renewed the enrolee as it is from now on
   */
  void setFactoryKey(KeyIdentifier id, Enrolee renewed);

  /**
   * A page of them in the order of their ids.
   *
   * @param after the id before the first, empty to begin
   */
  List<Enrolee> page(String after, int limit);
}
