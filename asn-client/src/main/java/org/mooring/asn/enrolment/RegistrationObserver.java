// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import org.mooring.asn.vault.NodeState;
import org.mooring.common.primitive.Attributes;

/** Hears what the MEF answers about the node's registration, while the answer is being stored. */
@FunctionalInterface
public interface RegistrationObserver {
  /**
   * @param registration the attributes of the {@code <mefClientReg>}
   * @param next the state that is stored with it
   */
  void answered(Attributes registration, NodeState.Builder next);
}
