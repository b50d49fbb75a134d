// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.maf;

import java.time.Duration;
import java.time.InstantSource;
import org.mooring.common.identifier.EntityId;
import org.mooring.in.app.AssociationObstacle;
import org.mooring.in.app.AssociationRefusedException;
import org.mooring.in.app.AssociationRequest;
import org.mooring.in.quota.Quota;
import org.mooring.in.transaction.Transaction;

/**
 * How often one node may have a new key for an instance. Every such key stays in the store for
 * good, as a tombstone in the end, and a node with one token could go on giving instances up and
 * having them again. What is answered with a key that is there costs nothing.
 */
public final class AssociationQuota {
  /** More than a node has instances: after an enrolment each of them needs a new key. */
  static final int AT_ONCE = 64;

  static final Duration EVERY = Duration.ofMinutes(15);

  private final Quota<EntityId> quota;

  public AssociationQuota(InstantSource clock) {
    this.quota = new Quota<>(AT_ONCE, EVERY, clock);
  }

  /**
   * Takes one for the node that asks, once the transaction is committed.
   *
   * @throws AssociationRefusedException TOO_OFTEN
   */
  void take(Transaction transaction, AssociationRequest request) {
    EntityId node = request.node().client();
    if (quota.ask(node).isPresent()) {
      throw new AssociationRefusedException(request, AssociationObstacle.TOO_OFTEN);
    }
    transaction.afterCommit(
        () -> {
          var unused = quota.take(node);
        });
  }
}
