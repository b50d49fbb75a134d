// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.List;
import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.CseResources;

/**
 * The AEs that left a CSE below the topmost one while the IN-CSE holds them for registered. Each is
 * an inactive {@code <AEAnnc>} below the CSEBase until the IN-CSE was told, over restarts too; it
 * makes room for the same AE if that comes again.
 */
final class LeftAes {
  private static final int TYPE = CseResources.AE_ANNC.code();

  /** What its name begins with: no stem's, so that it takes no AE's name. */
  private static final String PREFIX = "left.";

  /** The most that are told in a row. */
  private static final int AT_ONCE = 100;

  private LeftAes() {}

  static boolean isName(String name) {
    return name.startsWith(PREFIX);
  }

  static void keep(CseStore store, AeId stem) {
    Resource base = store.resources().base().orElseThrow();
    String name = PREFIX + stem;
    Attributes attributes =
        Attributes.builder()
            .put(AnnouncedAes.LINK, AeAnncRules.DEREGISTERED)
            .put(AnnouncedAes.STATUS, AnnouncedAes.INACTIVE)
            .build();
    boolean isKept =
        store
            .resources()
            .insert(
                new Resource(
                    stem.value(),
                    TYPE,
                    new Resource.Place(base.id(), name, base.path() + "/" + name),
                    new Resource.Provenance("/" + base.id(), ""),
                    attributes,
                    0,
                    0,
                    new Resource.Times(store.now(), store.now(), M2mTimestamp.NEVER)));
    if (!isKept) {
      throw new IllegalStateException(name + " or " + stem + " is another resource");
    }
  }

  static List<AeId> all(CseStore store) {
    String base = store.resources().base().orElseThrow().id();
    return store.resources().children(base, TYPE, AT_ONCE).stream()
        .map(left -> new AeId(left.id()))
        .toList();
  }

  /** Unless the AE came again meanwhile. */
  static void forget(CseStore store, AeId stem) {
    String base = store.resources().base().orElseThrow().id();
    store
        .resources()
        .byId(stem.value())
        .filter(found -> found.type() == TYPE && found.parent().equals(base))
        .ifPresent(left -> store.resources().delete(left.id()));
  }
}
