// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.group;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.GroupDevice;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.mef.Enrolee;

/** The groups, revoked ones included, and their devices, within one transaction. */
public interface GroupRepository {
  Optional<Group> find(GroupName name);

  /** The group key; empty once the group was revoked. */
  Optional<SecretKeyBytes> key(GroupName name);

  /**
   * Adds a group with its key, sealed.
   *
   * @throws RuntimeException if the name was ever used
   */
  void add(Group group, SecretKeyBytes key);

  /** Sets how many may claim, and until when. */
  void setBounds(GroupName name, int claimLimit, Instant expiresAt);

  /** Ends claiming and wipes the key. */
  void revoke(GroupName name, Enrolee.Standing.Revoked revoked);

  /**
   * A page of them in the order of their names.
   *
   * @param after the name before the first, empty to begin
   */
  List<Group> page(String after, int limit);

  /** Counts one claim more, unless the limit is reached: no two servers pass it together. */
  boolean takePlace(GroupName name);

  /** Counts one device more that waits, unless claims and waiting have reached the limit. */
  boolean takeWaitingPlace(GroupName name);

  /** Counts one device less that waits. */
  void giveWaitingPlace(GroupName name);

  Optional<Device> device(GroupDevice id);

  /** The device of any group that became the enrolee with this SP-relative CSE-ID. */
  Optional<Device> deviceOf(EntityId entity);

  /** Adds a device, or sets its state. */
  void put(Device device);

  /**
   * A page of those that wait, in the order of their ids.
   *
   * @param after the id before the first, empty to begin
   */
  List<Device> waiting(GroupName name, String after, int limit);

  /** A page of those that claimed, likewise. */
  List<Device> claimed(GroupName name, String after, int limit);
}
