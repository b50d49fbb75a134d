// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.List;
import java.util.Optional;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.ResourceTable;
import org.mooring.in.provider.ServiceProvider;

/** {@code <CSEBase>}: the root of the tree, which the server alone makes (TS-0004 clause 7.4.3). */
final class CseBase {
  private final ServiceProvider provider;
  private final Position position;
  private final ResourceTable table;

  CseBase(ServiceProvider provider, Position position, ResourceTable table) {
    this.provider = provider;
    this.position = position;
    this.table = table;
  }

  /**
   * Makes the CSEBase in a new store; in another, has it tell what the server now is.
   *
   * @return the CSEBase as it was found or made
   * @throws IllegalStateException if the store's CSE has another CSE-ID or name, for every address
   *     in it would change
   */
  Resource prepare(CseStore store) {
    Optional<Resource> existing = store.resources().base();
    if (existing.isEmpty()) {
      Resource created = create(store);
      store.resources().insert(created);
      return created;
    }
    Resource base = existing.get();
    if (!base.id().equals(provider.cse().stem()) || !base.name().equals(provider.cseName())) {
      throw new IllegalStateException(
          "this data belongs to the CSE /"
              + base.id()
              + " with the CSEBase "
              + base.name()
              + ": start it with these names");
    }
    if (!base.attributes().equals(attributes())) {
      store.resources().update(base.withAttributes(attributes()).modifiedAt(store.now()));
    }
    return base;
  }

  private Resource create(CseStore store) {
    String name = provider.cseName();
    return new Resource(
        provider.cse().stem(),
        CseResources.CSE_BASE.code(),
        new Resource.Place("", name, name),
        new Resource.Provenance("", ""),
        attributes(),
        0,
        0,
        new Resource.Times(store.now(), store.now(), M2mTimestamp.NEVER));
  }

  private Attributes attributes() {
    Attributes.Builder attributes =
        Attributes.builder()
            .put("cst", position.cseType())
            .put("csi", provider.cse().value())
            .put(
                "srt",
                new AttributeValue.Items(
                    table.codes().stream().map(code -> AttributeValue.of((long) code)).toList()))
            .put("srv", List.of(ReleaseVersion.RELEASE_2A.text(), ReleaseVersion.RELEASE_3.text()))
            .put("csz", List.of("json", "cbor"));
    if (!provider.accessPoints().isEmpty()) {
      attributes.put("poa", provider.accessPoints());
    }
    return attributes.build();
  }
}
