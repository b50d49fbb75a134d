// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mooring.common.primitive.Operation;

/** The rows of one resource type: its attributes, its children and the operations it offers. */
public final class ResourcePolicy {
  private final ResourceType type;
  private final Set<Operation> operations;
  private final Set<Integer> children;
  private final Map<String, AttributePolicy> attributes;

  /**
   * @param operations what requests may ask of the type
   * @param children the numbers of the types that may stand below it
   * @param attributes its rows
   */
  public ResourcePolicy(
      ResourceType type,
      Set<Operation> operations,
      Set<Integer> children,
      List<AttributePolicy> attributes) {
    this.type = type;
    this.operations = Set.copyOf(operations);
    this.children = Set.copyOf(children);
    Map<String, AttributePolicy> byName = new LinkedHashMap<>();
    attributes.forEach(attribute -> byName.put(attribute.name(), attribute));
    this.attributes = Collections.unmodifiableMap(byName);
  }

  public ResourceType type() {
    return type;
  }

  /** Whether requests of this kind may reach the type at all; else 4005. */
  public boolean offers(Operation operation) {
    return operations.contains(operation);
  }

  /** Whether a resource of the numbered type may stand below one of this type; else 4108. */
  public boolean allowsChild(int childType) {
    return children.contains(childType);
  }

  public Optional<AttributePolicy> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  public Iterable<AttributePolicy> attributes() {
    return attributes.values();
  }

  @Override
  public String toString() {
    return type.toString();
  }
}
