// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import org.mooring.common.identifier.KeyIdentifier;

/** What a MAF asks the application registry. */
public interface ApplicationRegistry {
  /**
   * Judges a proof and, if it fits, writes the instance down. Asked again with the same ids it
   * answers the same. What this writes is to be kept where it refuses, too: the refusal is in the
   * audit log.
   */
  Association associate(AppStore store, AssociationRequest request);

  /**
   * Notes the key that an instance was given. It is revoked with its instance, token or
   * application, as are those that the instance had before.
   */
  void bind(AppStore store, InstanceName instance, KeyIdentifier kaId);
}
