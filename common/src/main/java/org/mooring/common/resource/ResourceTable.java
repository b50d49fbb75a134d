// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of every resource type that a CSE hosts, by the type's number; immutable. */
public final class ResourceTable {
  private final SortedMap<Integer, ResourcePolicy> byCode;

  public ResourceTable(Collection<ResourcePolicy> policies) {
    SortedMap<Integer, ResourcePolicy> rows = new TreeMap<>();
    policies.forEach(policy -> rows.put(policy.type().code(), policy));
    this.byCode = Collections.unmodifiableSortedMap(rows);
  }

  /** The rows of the numbered type, where it is hosted. */
  public Optional<ResourcePolicy> policy(int code) {
    return Optional.ofNullable(byCode.get(code));
  }

  public Collection<ResourcePolicy> policies() {
    return byCode.values();
  }

  /** supportedResourceType (srt), ascending. */
  public List<Integer> codes() {
    return List.copyOf(byCode.keySet());
  }
}
