// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.DeviceId;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.group.NewGroup;

/**
 * What an operator can ask of a running server about groups, in the manner of {@link AdminService}.
 *
 * <p>Documents of groups have {@code name}, {@code approval}, {@code claimLimit}, {@code claims},
 * {@code waiting}, {@code expires}, {@code path}, {@code status} and {@code fingerprint}. The key
 * is in none of them, except in the answer to an addition that generated it, as {@code groupKey}.
 */
public interface GroupAdmin {
  CompletionStage<Attributes> add(NewGroup wanted);

  /** All groups by name, revoked ones included. */
  CompletionStage<List<Attributes>> list();

  /** The group with the first of the {@code devices} that wait. */
  CompletionStage<Attributes> show(GroupName name);

  CompletionStage<Attributes> approve(GroupName name, List<DeviceId> devices);

  CompletionStage<Attributes> deny(GroupName name, List<DeviceId> devices);

  /**
   * Sets {@code claimLimit}, {@code expires} or both.
   *
   * @param bounds those that change
   */
  CompletionStage<Attributes> change(GroupName name, Attributes bounds);

  /**
   * Ends claiming, and then revokes what came from the group, if asked to. That takes many
   * transactions for many devices; asked again after a stop in between, it goes on.
   */
  CompletionStage<Attributes> revoke(GroupName name, String reason, boolean withDevices);
}
