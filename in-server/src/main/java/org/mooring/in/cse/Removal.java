// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.List;

/** Deletes resources with what stands below them, on request and when they expire. */
final class Removal {
  /** Who deletes what expired, as the audit log names it. */
  private static final String SERVER = "server";

  private final TypeCatalogue types;

  Removal(TypeCatalogue types) {
    this.types = types;
  }

  /**
   * Deletes a resource.
   *
   * @param actor on whose behalf, as the audit log names it
   */
  void remove(CseStore store, String actor, Resource resource) {
    store.resources().delete(resource.id());
    types.rules(resource.type()).deleted(store, actor, resource);
  }

  /**
   * Deletes the children that expired, so that they neither count nor hold a name.
   *
   * @return whether there were any
   */
  boolean removeExpiredBelow(CseStore store, Resource parent) {
    List<Resource> expired = store.resources().expiredBelow(parent.id());
    expired.forEach(gone -> remove(store, SERVER, gone));
    return !expired.isEmpty();
  }

  /**
   * Deletes some of what expired.
   *
   * @param limit the most to delete now
   * @return how many there were; fewer than the limit if none is left
   */
  int removeExpired(CseStore store, int limit) {
    List<Resource> expired = store.resources().expired(limit);
    expired.forEach(gone -> remove(store, SERVER, gone));
    return expired.size();
  }
}
