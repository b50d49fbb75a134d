// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.CseResources;
import org.mooring.in.authz.AccessRules;
import org.mooring.in.authz.AccessRulesReader;
import org.mooring.in.provider.ServiceProvider;

/**
 * The {@code <accessControlPolicy>} resources that others refer to (accessControlPolicyIDs). A
 * reference is kept as the policy's resourceID, however it was written: what later stands at the
 * same address is another policy.
 */
final class AccessControlPolicies {
  static final String REFERENCES = "acpi";

  /** Rules of a policy for the resources that refer to it. */
  static final String PRIVILEGES = "pv";

  /** … and for itself. */
  static final String SELF_PRIVILEGES = "pvs";

  private static final int TYPE = CseResources.ACCESS_CONTROL_POLICY.code();

  private final AddressResolver addresses;
  private final AccessRulesReader reader;

  AccessControlPolicies(ServiceProvider provider, AddressResolver addresses) {
    this.addresses = addresses;
    this.reader = new AccessRulesReader(provider.sp(), provider.cse());
  }

  static boolean isOne(Resource resource) {
    return resource.type() == TYPE;
  }

  /**
   * Attributes with their references as they are kept.
   *
   * @throws RefusedException NO_SUCH_POLICY for one that leads to no policy here, or for too many
   */
  Attributes resolved(ResourceRepository resources, Attributes given) {
    List<String> references = given.texts(REFERENCES);
    if (references.isEmpty()) {
      return given;
    }
    if (references.size() > ResourceRepository.MOST_BY_IDS) {
      throw noSuchPolicy();
    }
    Set<String> ids = new LinkedHashSet<>();
    for (String reference : references) {
      ids.add(resolved(resources, reference).id());
    }
    return given.toBuilder().put(REFERENCES, List.copyOf(ids)).build();
  }

  /**
   * The policy at an address.
   *
   * @throws RefusedException NO_SUCH_POLICY if there is none
   */
  private Resource resolved(ResourceRepository resources, String reference) {
    try {
      if (addresses.resolve(resources, reference, false) instanceof Target.Hosted hosted
          && isOne(hosted.resource())) {
        return hosted.resource();
      }
    } catch (RefusedException e) {
      // Told as what it is for: a reference.
    }
    throw noSuchPolicy();
  }

  private static RefusedException noSuchPolicy() {
    return Refusal.NO_SUCH_POLICY.of(REFERENCES + " (accessControlPolicyIDs)");
  }

  /** The policies that a resource refers to and that are still there. */
  List<Resource> of(ResourceRepository resources, Resource resource) {
    List<String> ids = resource.attributes().texts(REFERENCES);
    return ids.isEmpty() ? List.of() : resources.byIds(ids);
  }

  /** The rules of policies for the resources that refer to them. */
  List<AccessRules> privileges(List<Resource> policies) {
    return rules(policies, PRIVILEGES);
  }

  /** The rules of policies for themselves. */
  List<AccessRules> selfPrivileges(List<Resource> policies) {
    return rules(policies, SELF_PRIVILEGES);
  }

  private List<AccessRules> rules(List<Resource> policies, String attribute) {
    List<AccessRules> rules = new ArrayList<>();
    for (Resource policy : policies) {
      Attributes set = policy.attributes().members(attribute).orElse(Attributes.NONE);
      rules.add(kept(policy.path() + " " + attribute, set));
    }
    return rules;
  }

  /** Rules that were kept before what they may have in them was bounded allow nothing. */
  private AccessRules kept(String source, Attributes set) {
    try {
      return reader.read(source, set);
    } catch (RefusedException e) {
      return AccessRules.none(source);
    }
  }
}
