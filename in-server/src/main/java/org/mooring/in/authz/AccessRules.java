// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.util.List;

/** A set of rules (m2m:setOfAcrs) that can be decided by. */
public final class AccessRules {
  private final String source;
  private final List<AccessControlRule> rules;

  /**
   * @param source where they stand, for people
   * @param rules in their order; none allow nothing
   */
  AccessRules(String source, List<AccessControlRule> rules) {
    this.source = source;
    this.rules = List.copyOf(rules);
  }

  /** Rules that allow nothing. */
  public static AccessRules none(String source) {
    return new AccessRules(source, List.of());
  }

  String source() {
    return source;
  }

  List<AccessControlRule> rules() {
    return rules;
  }

  /** Whether there is no rule, so that nobody is allowed anything. */
  public boolean isEmpty() {
    return rules.isEmpty();
  }
}
