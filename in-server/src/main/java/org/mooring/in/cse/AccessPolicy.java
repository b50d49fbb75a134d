// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.in.authz.AccessControlOperation;
import org.mooring.in.authz.AccessDecision;
import org.mooring.in.authz.AccessRequest;
import org.mooring.in.authz.AccessRules;
import org.mooring.in.authz.PolicyDecisionPoint;
import org.mooring.in.provider.ServiceProvider;

/**
 * Enforces who may do what (TS-0004 clause 7.3.3.15). The policies that a resource refers to
 * decide; one that refers to none that is there is its creator's alone (TS-0001 clause 9.6.1.3.2),
 * but that a {@code <remoteCSE>} takes what the CSEs below that CSE create, as theirs. An {@code
 * <accessControlPolicy>} goes by its own selfPrivileges, another type without {@code
 * accessControlPolicyIDs} among its rows by its parent, and the CSEBase may be retrieved by whoever
 * is associated or registered. A registrar is told what the service subscription says of it. The
 * operator may do everything.
 */
final class AccessPolicy {
  /** By no policy, and so for no record. */
  private static final String BY_DEFAULT = "";

  private final ServiceProvider provider;
  private final TypeCatalogue types;
  private final AccessControlPolicies policies;

  AccessPolicy(ServiceProvider provider, TypeCatalogue types, AccessControlPolicies policies) {
    this.provider = provider;
    this.types = types;
    this.policies = policies;
  }

  /**
   * @throws RefusedException NO_PRIVILEGE
   * @throws AccessRefusedException the same, where policies decided so
   */
  void require(Call call, Resource resource, Operation operation) {
    if (!isOperator(call)) {
      requirePermitted(call, resource, operation, decide(call, resource, operation));
    }
  }

  /**
   * Requires what a change of accessControlPolicyIDs needs: UPDATE by the selfPrivileges of a
   * policy that the resource refers to so far; if there is none, to be its creator.
   *
   * @throws RefusedException NO_PRIVILEGE
   * @throws AccessRefusedException the same, where policies decided so
   */
  void requireChangeOfPolicies(Call call, Resource resource) {
    if (isOperator(call)) {
      return;
    }
    List<Resource> referred = policies.of(call.resources(), resource);
    AccessDecision decision =
        referred.isEmpty()
            ? byDefault(call, resource, Operation.UPDATE)
            : byRules(call, resource, Operation.UPDATE, policies.selfPrivileges(referred));
    requirePermitted(call, resource, Operation.UPDATE, decision);
  }

  /**
   * Which of a resource's descendants the originator may retrieve; what stands below one that it
   * may not is left out.
   *
   * @param below parents before children
   * @param verdicts of the policies that these refer to
   */
  List<Resource> retrievable(
      Call call, Resource root, List<Resource> below, PolicyVerdicts verdicts) {
    if (isOperator(call)) {
      return below;
    }
    boolean isRootRead =
        below.stream().anyMatch(child -> isGovernedBy(child, root))
            && decide(call, root, Operation.RETRIEVE).permitted();
    Set<String> read = new HashSet<>();
    List<Resource> retrievable = new ArrayList<>();
    for (Resource child : below) {
      boolean isPlaced = child.parent().equals(root.id()) || read.contains(child.parent());
      boolean permitted =
          isGovernedByParent(child)
              ? isRootRead || !child.parent().equals(root.id())
              : isRetrievable(call, child, verdicts);
      if (isPlaced && permitted) {
        read.add(child.id());
        retrievable.add(child);
      }
    }
    return retrievable;
  }

  private boolean isRetrievable(Call call, Resource resource, PolicyVerdicts verdicts) {
    if (AccessControlPolicies.isOne(resource)) {
      return decide(call, resource, Operation.RETRIEVE, List.of()).permitted();
    }
    return verdicts
        .of(resource)
        .orElseGet(() -> byDefault(call, resource, Operation.RETRIEVE).permitted());
  }

  /** What policies say of the call as a RETRIEVE, of which no rule asks for the target's type. */
  PolicyVerdicts verdicts(Call call) {
    return new PolicyVerdicts(
        call.resources(),
        policy ->
            byRules(call, policy, Operation.RETRIEVE, policies.privileges(List.of(policy)))
                .permitted());
  }

  private boolean isGovernedBy(Resource child, Resource parent) {
    return child.parent().equals(parent.id()) && isGovernedByParent(child);
  }

  private AccessDecision decide(Call call, Resource resource, Operation operation) {
    if (resource.isBase()) {
      boolean permitted = operation == Operation.RETRIEVE && call.requester().registered();
      return new AccessDecision(permitted, BY_DEFAULT);
    }
    if (isGovernedByParent(resource)) {
      return call.resources()
          .byId(resource.parent())
          .map(parent -> decide(call, parent, operation))
          .orElseGet(() -> new AccessDecision(false, BY_DEFAULT));
    }
    AccessDecision decision =
        decide(call, resource, operation, policies.of(call.resources(), resource));
    boolean isTold =
        !decision.permitted()
            && operation == Operation.RETRIEVE
            && types.rules(resource.type()).isTold(call, resource);
    return isTold ? new AccessDecision(true, BY_DEFAULT) : decision;
  }

  /**
   * @param referred the policies that the resource refers to
   */
  private AccessDecision decide(
      Call call, Resource resource, Operation operation, List<Resource> referred) {
    if (AccessControlPolicies.isOne(resource)) {
      return byRules(call, resource, operation, policies.selfPrivileges(List.of(resource)));
    }
    return referred.isEmpty()
        ? byDefault(call, resource, operation)
        : byRules(call, resource, operation, policies.privileges(referred));
  }

  private AccessDecision byDefault(Call call, Resource resource, Operation operation) {
    boolean permitted =
        call.requester().scope().covers(resource.provenance().creator())
            || (operation == Operation.CREATE
                && types.rules(resource.type()).isPlaceOf(call, resource));
    return new AccessDecision(permitted, BY_DEFAULT);
  }

  private AccessDecision byRules(
      Call call, Resource resource, Operation operation, List<AccessRules> rules) {
    AccessRequest request =
        new AccessRequest(
            provider.sp() + call.requester().id(),
            call.roles(),
            AccessControlOperation.of(operation),
            resource.type(),
            call.request().resourceType(),
            call.isOriginatorAuthenticated(),
            call.addresses());
    return PolicyDecisionPoint.decide(request, rules, call.now());
  }

  private void requirePermitted(
      Call call, Resource resource, Operation operation, AccessDecision decision) {
    if (decision.permitted()) {
      return;
    }
    String needed = operation + " on " + types.policyOf(resource).type();
    if (decision.reason().equals(BY_DEFAULT)) {
      throw Refusal.NO_PRIVILEGE.of(needed);
    }
    throw new AccessRefusedException(call, resource.path(), needed, decision.reason());
  }

  private static boolean isOperator(Call call) {
    return call.originator() instanceof Originator.Operator;
  }

  private boolean isGovernedByParent(Resource resource) {
    ResourcePolicy policy = types.policyOf(resource);
    return !AccessControlPolicies.isOne(resource)
        && policy.attribute(AccessControlPolicies.REFERENCES).isEmpty();
  }
}
