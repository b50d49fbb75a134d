// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.util.OptionalInt;
import java.util.Set;

/**
 * What a rule lets be created (TS-0001 clause 9.6.2.4).
 *
 * @param target below which type; none: below any
 * @param children types that may be created
 */
record AccessControlObjectDetails(OptionalInt target, Set<Integer> children) {
  AccessControlObjectDetails {
    children = Set.copyOf(children);
  }

  boolean includes(AccessRequest request) {
    return (target.isEmpty() || target.getAsInt() == request.target())
        && request.created().isPresent()
        && children.contains(request.created().getAsInt());
  }
}
