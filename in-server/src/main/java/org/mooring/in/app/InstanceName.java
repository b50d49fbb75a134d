// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;

/**
 * Which instance of an application: App-Inst-IDs are told apart on one node alone.
 *
 * @param node the absolute CSE-ID of the node that runs it, or AE-ID if that has no CSE
 */
public record InstanceName(AppId application, AppInstanceId instance, EntityId node) {
  /**
   * The absolute AE-ID of the instance: its node is its registrar, and the App-Inst-ID the
   * AE-ID-Stem that the node assigned. Empty where that is no such stem, or the node has no CSE.
   */
  public Optional<AeId> aeId() {
    String id = node + "/" + instance;
    return node instanceof CseId && AeId.isValid(id)
        ? Optional.of(new AeId(id)).filter(ae -> !ae.isLoneLetter())
        : Optional.empty();
  }
}
