// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which policies permit one request to retrieve what refers to them. Each is read and decided by
 * once, however many resources refer to it, and its content is not kept.
 */
final class PolicyVerdicts {
  private final ResourceRepository resources;
  private final Predicate<Resource> permits;
  private final Map<String, Boolean> verdicts = new HashMap<>();
  private final Set<String> asked = new HashSet<>();
  private final Set<String> unread = new HashSet<>();

  /**
   * @param permits whether a policy permits the request
   */
  PolicyVerdicts(ResourceRepository resources, Predicate<Resource> permits) {
    this.resources = resources;
    this.permits = permits;
  }

  /**
   * Reads the policies that resources refer to.
   *
   * @param octets what the attributes of those not read before take at most
   * @return whether that was enough for all of them
   */
  boolean read(List<Resource> referring, long octets) {
    Set<String> wanted = new LinkedHashSet<>();
    referring.forEach(
        resource -> wanted.addAll(resource.attributes().texts(AccessControlPolicies.REFERENCES)));
    wanted.removeAll(asked);
    List<String> ids = List.copyOf(wanted);
    long left = octets;
    for (int from = 0; from < ids.size(); from += ResourceRepository.MOST_BY_IDS) {
      int to = Math.min(ids.size(), from + ResourceRepository.MOST_BY_IDS);
      List<String> some = ids.subList(from, to);
      left -= resources.octetsOf(some);
      if (left < 0) {
        unread.addAll(ids.subList(from, ids.size()));
        return false;
      }
      asked.addAll(some);
      resources.byIds(some).forEach(policy -> verdicts.put(policy.id(), permits.test(policy)));
    }
    return true;
  }

  /**
   * Whether the policies that a resource refers to permit the request: one is enough, and one that
   * was too much to read permits nothing. Empty if it refers to none that is there.
   */
  Optional<Boolean> of(Resource resource) {
    boolean isGoverned = false;
    for (String id : resource.attributes().texts(AccessControlPolicies.REFERENCES)) {
      if (verdicts.getOrDefault(id, false)) {
        return Optional.of(true);
      }
      isGoverned |= verdicts.containsKey(id) || unread.contains(id);
    }
    return isGoverned ? Optional.of(false) : Optional.empty();
  }
}
