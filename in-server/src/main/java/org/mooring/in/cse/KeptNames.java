// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.CseResources;
import org.mooring.in.provider.MadeCseId;

/**
 * Names below the CSEBase that no resource gets but the registration of a CSE: the stem of each
 * enrolled CSE, and whatever has the form of those that are made here. Names are one space, and
 * another resource under a CSE's would keep it from registering. What is implied in the service
 * subscription has names that no CSE can have, and nothing else gets. A CSE below the topmost one
 * keeps those of what it shows itself: its registrar, and the AEs that left.
 */
final class KeptNames {
  private final Position position;

  KeptNames(Position position) {
    this.position = position;
  }

  /**
   * @param rules of the type of the new resource
   * @throws RefusedException NAME_IN_USE
   */
  void requireNone(Call call, TypeRules rules, Resource parent, String name) {
    boolean isKept =
        parent.type() == CseResources.CSE_BASE.code()
            && !rules.isNamedAfterCse()
            && (MadeCseId.isStem(name)
                || name.startsWith(ImpliedResources.PREFIX)
                || position.shows(name)
                || isOfEnrolled(call.store(), name));
    if (isKept) {
      throw Refusal.NAME_IN_USE.of("rn (resourceName)");
    }
  }

  private static boolean isOfEnrolled(CseStore store, String name) {
    String id = "/" + name;
    return CseId.isValid(id) && store.isEnrolled(new CseId(id));
  }
}
