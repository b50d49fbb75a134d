// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Map;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.common.resource.ResourceTable;

/** The hosted types: the rows of each, and what some of them add to the generic rules. */
final class TypeCatalogue {
  private final ResourceTable table;
  private final Map<Integer, TypeRules> rules;

  TypeCatalogue(ResourceTable table, Map<Integer, TypeRules> rules) {
    this.table = table;
    this.rules = Map.copyOf(rules);
  }

  /** The rules of a type; none for one that adds nothing or is not hosted. */
  TypeRules rules(int type) {
    return rules.getOrDefault(type, TypeRules.NONE);
  }

  /**
   * The rows of the type of a stored resource.
   *
   * @throws IllegalStateException if a program with more types wrote it
   */
  ResourcePolicy policyOf(Resource resource) {
    return table
        .policy(resource.type())
        .orElseThrow(
            () -> new IllegalStateException("resource type " + resource.type() + " has no rows"));
  }

  /**
   * The rows of a type that may be created.
   *
   * @throws RefusedException UNSUPPORTED_TYPE or OPERATION_NOT_OFFERED
   */
  ResourcePolicy creatable(int type) {
    ResourcePolicy policy =
        table.policy(type).orElseThrow(() -> Refusal.UNSUPPORTED_TYPE.of("Resource Type"));
    requireOffered(policy, Operation.CREATE);
    return policy;
  }

  static void requireOffered(ResourcePolicy policy, Operation operation) {
    if (!policy.offers(operation)) {
      throw Refusal.OPERATION_NOT_OFFERED.of(policy.type().toString());
    }
  }
}
