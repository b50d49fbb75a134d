// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Representation;
import org.mooring.common.resource.ResourcePolicy;

/** Resources as representations show them (TS-0004 clauses 7.4 and 7.5.2). */
final class ResourceViews {
  private final TypeCatalogue types;

  ResourceViews(TypeCatalogue types) {
    this.types = types;
  }

  /** The resource's attributes under its type's root. */
  Representation representation(Resource resource, Attributes attributes) {
    return Representation.of(types.policyOf(resource).type().root(), attributes);
  }

  /** All attributes of the resource as a retrieval shows them. */
  Attributes attributes(CseStore store, Resource stored) {
    Resource resource = types.rules(stored.type()).shown(store, stored);
    ResourcePolicy policy = types.policyOf(resource);
    Attributes.Builder shown =
        Attributes.builder()
            .put("rn", resource.name())
            .put("ty", resource.type())
            .put("ri", resource.id())
            .put("pi", resource.parent())
            .put("ct", resource.times().created())
            .put("lt", resource.times().modified());
    if (policy.attribute(Expirations.ATTRIBUTE).isPresent()) {
      shown.put(Expirations.ATTRIBUTE, resource.times().expires());
    }
    if (policy.attribute("st").isPresent()) {
      shown.put("st", resource.stateTag());
    }
    if (policy.attribute("cs").isPresent()) {
      shown.put("cs", resource.contentSize());
    }
    return shown.putAll(resource.attributes()).build();
  }

  /**
   * Descendants nested as members of their parents, a list for each type.
   *
   * @param root the resource itself
   * @param own what is shown of it beside its children
   * @param below what is shown of its descendants
   */
  Attributes withChildren(CseStore store, Resource root, Attributes own, List<Resource> below) {
    Map<String, List<Resource>> byParent = new LinkedHashMap<>();
    below.forEach(
        child -> byParent.computeIfAbsent(child.parent(), id -> new ArrayList<>()).add(child));
    return nested(store, root, own, byParent);
  }

  /** References to descendants (m2m:childResourceRef): name, type and structured address. */
  AttributeValue references(List<Resource> below) {
    List<AttributeValue> references = new ArrayList<>();
    for (Resource child : below) {
      references.add(
          new AttributeValue.Members(
              Attributes.builder()
                  .put("nm", child.name())
                  .put("typ", child.type())
                  .put("val", child.path())
                  .build()));
    }
    return new AttributeValue.Items(references);
  }

  private Attributes nested(
      CseStore store, Resource resource, Attributes own, Map<String, List<Resource>> byParent) {
    Map<String, List<AttributeValue>> byRoot = new LinkedHashMap<>();
    for (Resource child : byParent.getOrDefault(resource.id(), List.of())) {
      Attributes shown = nested(store, child, attributes(store, child), byParent);
      byRoot
          .computeIfAbsent(types.policyOf(child).type().root(), root -> new ArrayList<>())
          .add(new AttributeValue.Members(shown));
    }
    Attributes.Builder members = own.toBuilder();
    byRoot.forEach((root, list) -> members.put(root, new AttributeValue.Items(list)));
    return members.build();
  }
}
