// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.time.Instant;
import java.util.List;

/**
 * Decides on requests by rules (TS-0003 clauses 7.1.4 and 7.1.5): one rule that a request meets in
 * all its elements permits it, whatever others say; nothing else does.
 */
public final class PolicyDecisionPoint {
  private PolicyDecisionPoint() {}

  /**
   * Decides.
   *
   * @param policies whose rules count together
   * @return for a refusal, with what is against it by the rule that it meets in most elements
   */
  public static AccessDecision decide(
      AccessRequest request, List<AccessRules> policies, Instant now) {
    String closest = "no rule";
    int fewest = Integer.MAX_VALUE;
    for (AccessRules policy : policies) {
      for (int i = 0; i < policy.rules().size(); i++) {
        String rule = policy.source() + ", rule " + (i + 1);
        List<String> against = policy.rules().get(i).against(request, now);
        if (against.isEmpty()) {
          return new AccessDecision(true, rule);
        }
        if (against.size() < fewest) {
          fewest = against.size();
          closest = rule + ": " + against.get(0);
        }
      }
    }
    return new AccessDecision(false, closest);
  }
}
