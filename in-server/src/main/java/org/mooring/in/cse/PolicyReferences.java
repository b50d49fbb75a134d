// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.CseResources;
import org.mooring.in.provider.ServiceProvider;

/**
 * References to an AE in {@code <accessControlPolicy>} resources, which follow it to its next
 * registrar (TS-0001 clause 10.2.16.2): in policies of its own and of its former registrars, where
 * an originator is that AE and no pattern. What others wrote is theirs to change.
 */
final class PolicyReferences {
  private static final List<String> PRIVILEGES = List.of("pv", "pvs");
  private static final String RULES = "acr";
  private static final String ORIGINATORS = "acor";

  /** Of one association, which may be a gateway's: more are not looked at. */
  private static final int MOST = 10_000;

  private final ServiceProvider provider;

  PolicyReferences(ServiceProvider provider) {
    this.provider = provider;
  }

  /**
   * Has them name an AE by its next AE-ID.
   *
   * @param association the registered CSE below which they stand, SP-relative
   * @param registrars with which it is or was registered there, SP-relative
   * @param prior as it was known until now, SP-relative
   * @param next SP-relative
   */
  void follow(
      ResourceRepository resources,
      CseId association,
      Set<CseId> registrars,
      AeId prior,
      AeId next) {
    Set<String> writers = new HashSet<>(Set.of(prior.value()));
    registrars.forEach(registrar -> writers.add(registrar.value()));
    Map<AttributeValue, AttributeValue> ids =
        Map.of(
            text(prior),
            text(next),
            text(prior.absolute(provider.sp())),
            text(next.absolute(provider.sp())));
    int type = CseResources.ACCESS_CONTROL_POLICY.code();
    for (Resource policy : resources.ofCse(type, association, MOST)) {
      if (writers.contains(policy.provenance().creator())) {
        name(resources, policy, ids);
      }
    }
  }

  private static void name(
      ResourceRepository resources, Resource policy, Map<AttributeValue, AttributeValue> ids) {
    Attributes changed = privileges(policy.attributes(), ids);
    if (!changed.equals(policy.attributes())) {
      resources.update(policy.withAttributes(changed));
    }
  }

  private static AttributeValue text(AeId ae) {
    return new AttributeValue.Text(ae.value());
  }

  private static Attributes privileges(Attributes policy, Map<AttributeValue, AttributeValue> ids) {
    Attributes.Builder changed = policy.toBuilder();
    for (String set : PRIVILEGES) {
      policy.members(set).ifPresent(rules -> changed.put(set, rules(rules, ids)));
    }
    return changed.build();
  }

  private static Attributes rules(Attributes set, Map<AttributeValue, AttributeValue> ids) {
    Attributes.Builder changed = set.toBuilder();
    if (set.get(RULES).orElse(null) instanceof AttributeValue.Items rules) {
      changed.put(
          RULES,
          new AttributeValue.Items(rules.values().stream().map(rule -> rule(rule, ids)).toList()));
    }
    return changed.build();
  }

  private static AttributeValue rule(
      AttributeValue value, Map<AttributeValue, AttributeValue> ids) {
    if (value instanceof AttributeValue.Members rule
        && rule.attributes().get(ORIGINATORS).orElse(null)
            instanceof AttributeValue.Items originators) {
      List<AttributeValue> named =
          originators.values().stream().map(one -> ids.getOrDefault(one, one)).distinct().toList();
      return new AttributeValue.Members(
          rule.attributes().toBuilder().put(ORIGINATORS, new AttributeValue.Items(named)).build());
    }
    return value;
  }
}
