// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.ResourcePolicy;

/**
 * The default access policy (TS-0001 clause 9.6.1.3.2): a resource is its creator's alone, but that
 * a {@code <remoteCSE>} takes what the CSEs below that CSE create, as theirs. A type without {@code
 * accessControlPolicyIDs} among its rows follows its parent, and the CSEBase may be retrieved by
 * whoever is associated or registered. A registrar is told what the service subscription says of
 * it. The operator may do everything.
 */
final class AccessPolicy {
  private final TypeCatalogue types;

  AccessPolicy(TypeCatalogue types) {
    this.types = types;
  }

  /**
   * @throws RefusedException NO_PRIVILEGE
   */
  void require(Call call, Resource resource, Operation operation) {
    boolean isOperator = call.originator() instanceof Originator.Operator;
    if (!isOperator && !permits(call, resource, operation)) {
      throw Refusal.NO_PRIVILEGE.of(operation + " on " + types.policyOf(resource).type());
    }
  }

  private boolean permits(Call call, Resource resource, Operation operation) {
    if (resource.isBase()) {
      return operation == Operation.RETRIEVE && call.requester().registered();
    }
    if (hasPolicyOfItsOwn(types.policyOf(resource))) {
      return call.requester().scope().covers(resource.provenance().creator())
          || (operation == Operation.RETRIEVE
              && types.rules(resource.type()).isTold(call, resource))
          || (operation == Operation.CREATE
              && types.rules(resource.type()).isPlaceOf(call, resource));
    }
    return call.resources()
        .byId(resource.parent())
        .filter(parent -> permits(call, parent, operation))
        .isPresent();
  }

  private static boolean hasPolicyOfItsOwn(ResourcePolicy policy) {
    return policy.attribute("acpi").isPresent();
  }
}
