// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.group;

import java.util.Optional;
import org.mooring.common.identifier.GroupDevice;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.mef.Enrolees;
import org.mooring.in.mef.NewEnrolee;

/**
 * How a device of a group becomes an enrolee: its first request proves that it has the key, and
 * makes the enrolee in the transaction in which it is accepted.
 */
public final class Claims {
  private final ClaimLookUp lookUp;
  private final Enrolees enrolees;
  private final ApprovalHook hook;

  /**
   * @param hook is asked about devices that wait, where their group names one
   */
  public Claims(ClaimLookUp lookUp, Enrolees enrolees, ApprovalHook hook) {
    this.lookUp = lookUp;
    this.enrolees = enrolees;
    this.hook = hook;
  }

  /**
   * Makes the enrolee of a claimant, unless its credential is there already. What this writes is to
   * be kept where it gives an obstacle too: a device that begins to wait.
   *
   * @return why no enrolee was made
   */
  public Optional<ClaimObstacle> claim(GroupStore store, SecurityPrincipal.Enrolee claimant) {
    KeyIdentifier kpmId = claimant.credential();
    Optional<GroupDevice> device = lookUp.deviceOf(kpmId);
    if (device.isEmpty() || store.credentials().find(kpmId).isPresent()) {
      return Optional.empty();
    }
    Optional<ClaimObstacle> obstacle = lookUp.obstacle(store, device.get());
    if (obstacle.isEmpty() && !store.groups().takePlace(device.get().group())) {
      obstacle = Optional.of(ClaimObstacle.LIMIT_REACHED);
    }
    if (obstacle.isPresent()) {
      return obstacle.get() == ClaimObstacle.WAITS
          ? Optional.of(waiting(store, device.get(), kpmId))
          : obstacle;
    }
    enrol(store, device.get(), claimant);
    return Optional.empty();
  }

  /** For the record: who wanted to claim, and why it may not. */
  public String reason(SecurityPrincipal claimant, ClaimObstacle obstacle) {
    return lookUp
        .deviceOf(claimant.credential())
        .map(obstacle::reason)
        .orElse(ClaimObstacle.UNKNOWN);
  }

  /** Writes down that a device waits, once, and has the operator's system asked each time. */
  private ClaimObstacle waiting(GroupStore store, GroupDevice id, KeyIdentifier kpmId) {
    if (store.groups().device(id).isEmpty()) {
      if (!store.groups().takeWaitingPlace(id.group())) {
        return ClaimObstacle.TOO_MANY_WAIT;
      }
      store.groups().put(new Device(id, new Device.State.Waiting(), store.now()));
      store.audit().record(kpmId.toString(), AuditAction.GROUP_CLAIM_WAITS, id.group().value());
    }
    store
        .groups()
        .find(id.group())
        .flatMap(Group::hook)
        .ifPresent(address -> store.afterCommit(() -> hook.ask(address, id)));
    return ClaimObstacle.WAITS;
  }

  private void enrol(GroupStore store, GroupDevice id, SecurityPrincipal.Enrolee claimant) {
    Group group = store.groups().find(id.group()).orElseThrow();
    SecretKeyBytes groupKey = store.groups().key(id.group()).orElseThrow();
    SecretKeyBytes kpm = KeyLadder.groupDevice(groupKey, id);
    groupKey.destroy();
    NewEnrolee wanted =
        NewEnrolee.builder()
            .id(claimant.credential())
            .key(kpm)
            .entity(claimant.client().spRelative())
            .nodeId(claimant.node())
            .path(group.path())
            .enrolmentLifetime(group.enrolmentLifetime())
            .build();
    String actor = claimant.credential().toString();
    try {
      enrolees.add(store, wanted, actor);
    } finally {
      kpm.destroy();
    }
    store
        .groups()
        .put(new Device(id, new Device.State.Claimed(claimant.client().spRelative()), store.now()));
    store
        .audit()
        .record(
            actor,
            AuditAction.GROUP_CLAIMED,
            id.group().value(),
            Attributes.builder().put("csi", claimant.client().spRelative().value()).build());
  }
}
