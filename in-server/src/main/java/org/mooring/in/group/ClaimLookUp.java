// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.group;

import java.util.Optional;
import org.mooring.common.identifier.GroupDevice;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.mef.NodeNames;
import org.mooring.in.provider.ServiceProvider;

/**
 * What a handshake is told of a device of a group that is no enrolee yet. It writes nothing, so
 * that ids that somebody makes up leave no trace, and whether an id is on a list shows in no way in
 * which a wrong key would not.
 */
public final class ClaimLookUp {
  private final ServiceProvider provider;
  private final NodeNames names;

  /**
   * @param names makes the names by which a device becomes an enrolee
   */
  public ClaimLookUp(ServiceProvider provider, NodeNames names) {
    this.provider = provider;
    this.names = names;
  }

  /**
   * The derived key for an identity that no credential has or ever had. A device that waits gets it
   * too: it is told so within the session.
   *
   * @throws ClaimRefusedException if no device may claim under it
   */
  public SecretKeyBytes key(GroupStore store, KeyIdentifier kpmId) throws ClaimRefusedException {
    GroupDevice device =
        deviceOf(kpmId).orElseThrow(() -> new ClaimRefusedException(ClaimObstacle.UNKNOWN));
    Optional<ClaimObstacle> obstacle = obstacle(store, device);
    if (obstacle.isPresent() && obstacle.get() != ClaimObstacle.WAITS) {
      throw new ClaimRefusedException(obstacle.get().reason(device));
    }
    SecretKeyBytes groupKey = store.groups().key(device.group()).orElseThrow();
    try {
      return KeyLadder.groupDevice(groupKey, device);
    } finally {
      groupKey.destroy();
    }
  }

  /**
   * Whom a session under such an identity authenticates: an enrolee that is still to be made, by
   * these very names. Empty if nobody may claim under it.
   */
  public Optional<SecurityPrincipal> claimant(GroupStore store, KeyIdentifier kpmId) {
    return deviceOf(kpmId)
        .flatMap(device -> store.groups().find(device.group()))
        .filter(group -> !group.isRevoked())
        .map(
            group -> {
              NodeNames.Names unused = names.unused(store);
              return new SecurityPrincipal.Enrolee(
                  kpmId,
                  unused.entity().absolute(provider.sp()),
                  unused.nodeId(),
                  M2mTimestamp.NEVER);
            });
  }

  /** The device that an identity names at this MEF, if it has the form. */
  Optional<GroupDevice> deviceOf(KeyIdentifier kpmId) {
    return kpmId.issuer().equals(provider.mef()) ? GroupDevice.of(kpmId) : Optional.empty();
  }

  /** Why a device may not claim at this moment; {@code WAITS} also where it is to begin to. */
  Optional<ClaimObstacle> obstacle(GroupStore store, GroupDevice id) {
    Optional<Group> found = store.groups().find(id.group());
    if (found.isEmpty()) {
      return Optional.of(ClaimObstacle.NO_GROUP);
    }
    Group group = found.get();
    if (group.isRevoked()) {
      return Optional.of(ClaimObstacle.REVOKED);
    }
    if (!store.now().isBefore(group.expiresAt())) {
      return Optional.of(ClaimObstacle.EXPIRED);
    }
    if (group.claims() >= group.claimLimit()) {
      return Optional.of(ClaimObstacle.LIMIT_REACHED);
    }
    return store
        .groups()
        .device(id)
        .map(ClaimLookUp::obstacle)
        .orElseGet(() -> obstacleToStranger(group));
  }

  private static Optional<ClaimObstacle> obstacle(Device device) {
    if (device.state() instanceof Device.State.Waiting) {
      return Optional.of(ClaimObstacle.WAITS);
    }
    if (device.state() instanceof Device.State.Denied) {
      return Optional.of(ClaimObstacle.DENIED);
    }
    return device.isClaimed() ? Optional.of(ClaimObstacle.CLAIMED_BEFORE) : Optional.empty();
  }

  private static Optional<ClaimObstacle> obstacleToStranger(Group group) {
    return switch (group.approval()) {
      case AUTO -> Optional.empty();
      case LISTED -> Optional.of(ClaimObstacle.NOT_LISTED);
      case MANUAL ->
          Optional.of(
              group.claims() + group.waiting() < group.claimLimit()
                  ? ClaimObstacle.WAITS
                  : ClaimObstacle.TOO_MANY_WAIT);
    };
  }
}
