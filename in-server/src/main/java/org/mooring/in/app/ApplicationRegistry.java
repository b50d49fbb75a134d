// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.util.Optional;
import org.mooring.common.identifier.KeyIdentifier;

/** What a MAF asks the application registry. */
public interface ApplicationRegistry {
  /**
   * Judges a proof and, if it fits, writes the instance down. Asked again with the same ids it
   * answers the same.
   *
   * @throws AssociationRefusedException to refuse it
   */
  Association associate(AppStore store, AssociationRequest request);

  /**
   * Notes the key that an instance was given. It is revoked with its instance, token or
   * application, as are those that the instance had before.
   */
  void bind(AppStore store, InstanceName instance, KeyIdentifier kaId);

  /** Which instance was ever given a key; empty if none was. */
  Optional<Instance> holderOf(AppStore store, KeyIdentifier kaId);

  /**
   * Whether the App-Inst-ID is or was another application's on the node: what that made is still
   * there.
   */
  boolean isOfAnother(AppStore store, InstanceName instance);

  /** Ends an instance that its node gave up, with its keys; a token may let it in again. */
  void giveUp(AppStore store, InstanceName instance, String actor);
}
