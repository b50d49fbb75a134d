// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.TimedId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.resource.CseResources;

/**
 * The {@code <remoteCSE>} by which a CSE shows the one that it is registered with (TS-0004 clause
 * 7.4.4.2.1). It ends with the registration there, and nobody has a privilege on it.
 */
final class RegistrarMirror {
  private static final int IN_CSE = 1;

  private RegistrarMirror() {}

  /** Makes it, or has it tell what holds now. */
  static void keep(CseStore store, CseId registrar, List<String> pointsOfAccess, Instant until) {
    Resource base = store.resources().base().orElseThrow();
    String path = base.path() + "/" + registrar.stem();
    Instant end = until.truncatedTo(ChronoUnit.SECONDS);
    Attributes told = attributes(registrar, pointsOfAccess);
    Optional<Resource> before =
        store
            .resources()
            .byPath(path)
            .filter(found -> found.type() == CseResources.REMOTE_CSE.code() && isOne(found));
    if (before.isPresent()) {
      store
          .resources()
          .update(before.get().withAttributes(told).expiringAt(end).modifiedAt(store.now()));
      return;
    }
    store.resources().expiredBelow(base.id()).stream()
        .filter(expired -> expired.path().equals(path))
        .forEach(expired -> store.resources().delete(expired.id()));
    Resource fresh =
        new Resource(
            TimedId.at(store.now()),
            CseResources.REMOTE_CSE.code(),
            new Resource.Place(base.id(), registrar.stem(), path),
            new Resource.Provenance("", ""),
            told,
            0,
            0,
            new Resource.Times(store.now(), store.now(), end));
    if (!store.resources().insert(fresh)) {
      throw new IllegalStateException(path + " has another resource");
    }
  }

  /** Whether a {@code <remoteCSE>} is no registration with this CSE but shows its registrar. */
  static boolean isOne(Resource remoteCse) {
    return remoteCse.provenance().registree().isEmpty();
  }

  private static Attributes attributes(CseId registrar, List<String> pointsOfAccess) {
    Attributes.Builder told =
        Attributes.builder()
            .put("cst", IN_CSE)
            .put("csi", registrar.spRelative().value())
            .put("cb", registrar.spRelative() + "/-")
            .put("rr", true)
            .put("srv", List.of(ReleaseVersion.RELEASE_2A.text(), ReleaseVersion.RELEASE_3.text()));
    if (!pointsOfAccess.isEmpty()) {
      told.put("poa", pointsOfAccess);
    }
    return told.build();
  }
}
