// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.AttributePolicy;
import org.mooring.common.resource.Presence;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.provider.ServiceProvider;

/**
 * The policy of what an application instance creates without naming any: the default one of the
 * token by which it is associated. TS-0001 clause 9.6.1.3.2 leaves it to the system which
 * privileges such a resource has. A policy that is not there grants nobody anything, so the
 * resource is its creator's alone then.
 */
final class DefaultPolicies {
  private final ServiceProvider provider;
  private final Originators originators;
  private final ServiceSubscriptions subscriptions;

  DefaultPolicies(
      ServiceProvider provider, Originators originators, ServiceSubscriptions subscriptions) {
    this.provider = provider;
    this.originators = originators;
    this.subscriptions = subscriptions;
  }

  /**
   * The attributes of a new resource with references to policies in the form in which they are
   * kept, its own or the default one.
   *
   * @param given as they were sent
   * @throws RefusedException NO_SUCH_POLICY for one that was sent and leads to no policy
   */
  Attributes completed(
      Call call, ResourcePolicy type, Attributes given, AccessControlPolicies policies) {
    if (given.has(AccessControlPolicies.REFERENCES)) {
      return policies.resolved(call.resources(), given);
    }
    return instance(call, type)
        .flatMap(ae -> subscriptions.accessPolicyOf(call.resources(), ae))
        .filter(this::isHere)
        .map(policy -> withDefault(call, type, given, policy, policies))
        .orElse(given);
  }

  /** The instance that creates a resource which may refer to policies. */
  private Optional<AeId> instance(Call call, ResourcePolicy type) {
    boolean mayRefer =
        type.attribute(AccessControlPolicies.REFERENCES)
            .map(AttributePolicy::onCreate)
            .filter(presence -> presence == Presence.OPTIONAL)
            .isPresent();
    return Optional.of(call.requester().id())
        .filter(from -> mayRefer && AeId.isValid(from))
        .map(AeId::new)
        .filter(ae -> !originators.isOfThisCse(ae));
  }

  /** One of another CSE is for what is created there. */
  private boolean isHere(String address) {
    return AddressResolver.hostOf(address)
        .map(host -> host.isSameAs(provider.cse(), provider.sp()))
        .orElse(true);
  }

  private static Attributes withDefault(
      Call call,
      ResourcePolicy type,
      Attributes given,
      String policy,
      AccessControlPolicies policies) {
    Attributes governed =
        given.toBuilder().put(AccessControlPolicies.REFERENCES, List.of(policy)).build();
    try {
      return policies.resolved(call.resources(), governed);
    } catch (RefusedException e) {
      call.store()
          .audit()
          .record(
              call.requester().actor(),
              AuditAction.ACCESS_POLICY_MISSING,
              call.requester().id(),
              Attributes.builder()
                  .put("policy", policy)
                  .put("parent", call.request().to())
                  .put("type", type.type().name())
                  .build());
      return given;
    }
  }
}
