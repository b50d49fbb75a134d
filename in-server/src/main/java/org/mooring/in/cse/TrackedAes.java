// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.TrackedRegistration;

/**
 * The AEs registered with a CSE below the topmost one that want their registration points tracked
 * and have a stem of this CSE's (TS-0001 clause 10.2.2.2 case f).
 */
final class TrackedAes {
  private static final int TYPE = CseResources.AE.code();

  /** More are not looked at. */
  private static final int MOST = 10_000;

  private TrackedAes() {}

  static boolean isOne(Resource resource) {
    return resource.type() == TYPE
        && TrackedRegistration.isOne(resource.id(), resource.attributes());
  }

  static Optional<TrackedAe> find(CseStore store, AeId stem) {
    return resource(store, stem).map(TrackedAe::of);
  }

  /** An AE may have registered elsewhere: the position is told, if that is tracked. */
  static void doubt(CseStore store, Position position, AeId stem) {
    find(store, stem).ifPresent(ae -> position.doubted(store, ae.stem()));
  }

  static List<TrackedAe> all(CseStore store) {
    String base = store.resources().base().orElseThrow().id();
    return store.resources().children(base, TYPE, MOST).stream()
        .filter(TrackedAes::isOne)
        .map(TrackedAe::of)
        .toList();
  }

  /** Ends a registration with what stands below it, unless the AE has registered anew since. */
  static void end(CseStore store, String actor, TrackedAe left) {
    resource(store, left.stem())
        .filter(found -> TrackedAe.of(found).equals(left))
        .ifPresent(
            gone -> {
              store.resources().delete(gone.id());
              AeRules.recordEnd(store, actor, gone);
            });
  }

  private static Optional<Resource> resource(CseStore store, AeId stem) {
    return store.resources().byId(stem.stem()).filter(TrackedAes::isOne);
  }
}
