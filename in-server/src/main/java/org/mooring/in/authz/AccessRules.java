// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.util.List;

/**
 * A set of rules (m2m:setOfAcrs).
 *
 * @param source where they stand, for people
 * @param rules in their order; none allow nothing
 */
public record AccessRules(String source, List<AccessControlRule> rules) {
  public AccessRules {
    rules = List.copyOf(rules);
  }
}
