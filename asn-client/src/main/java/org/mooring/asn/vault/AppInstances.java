// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.mooring.common.identifier.AppInstanceId;

/** The instances of applications that run on a node, in the order of their ids. Immutable. */
public final class AppInstances {
  /** A node without applications. */
  public static final AppInstances NONE = new AppInstances(new TreeMap<>());

  private final Map<String, AppInstance> byId;

  private AppInstances(TreeMap<String, AppInstance> byId) {
    this.byId = Collections.unmodifiableMap(byId);
  }

  public Collection<AppInstance> all() {
    return byId.values();
  }

  public Optional<AppInstance> find(AppInstanceId id) {
    return Optional.ofNullable(byId.get(id.value()));
  }

  /** The others in whose associations an instance may speak, by what their tokens say. */
  public List<AppInstance> sharingWith(AppInstance instance) {
    return byId.values().stream()
        .filter(other -> !other.id().equals(instance.id()) && !other.isLeaving())
        .filter(other -> other.token().sharesWith(instance.token()))
        .toList();
  }

  /**
   * Whether an id is another application's, of which the MAF has something still: it has to be
   * given up first.
   */
  public boolean isTaken(AppInstance fresh) {
    return find(fresh.id())
        .filter(AppInstances::isKnownAtMaf)
        .filter(known -> !known.token().application().equals(fresh.token().application()))
        .isPresent();
  }

  /** With an instance that was installed, unless it is taken; one of its id becomes it. */
  public AppInstances installed(AppInstance fresh) {
    return isTaken(fresh)
        ? this
        : with(find(fresh.id()).map(known -> known.installedAgain(fresh)).orElse(fresh));
  }

  /**
   * With an instance on its way out, unless it is unknown; one that the MAF has nothing of is gone
   * at once.
   */
  public AppInstances parting(AppInstanceId id) {
    return find(id).filter(AppInstances::isKnownAtMaf).isPresent()
        ? changed(id, AppInstance::parting)
        : without(id);
  }

  private static boolean isKnownAtMaf(AppInstance instance) {
    return instance.isAsked() || instance.key().isPresent();
  }

  /** Once the MAF gave an instance up: without it, unless it was installed again meanwhile. */
  public AppInstances givenUp(AppInstanceId id) {
    return find(id).filter(AppInstance::isLeaving).isPresent()
        ? without(id)
        : changed(id, AppInstance::givenUp);
  }

  /** With an instance in place of the one of its id. */
  public AppInstances with(AppInstance instance) {
    TreeMap<String, AppInstance> next = new TreeMap<>(byId);
    next.put(instance.id().value(), instance);
    return new AppInstances(next);
  }

  /** With a change of one instance, if it is here still. */
  public AppInstances changed(AppInstanceId id, UnaryOperator<AppInstance> change) {
    return find(id).map(known -> with(change.apply(known))).orElse(this);
  }

  public AppInstances without(AppInstanceId id) {
    TreeMap<String, AppInstance> next = new TreeMap<>(byId);
    next.remove(id.value());
    return new AppInstances(next);
  }

  /** As installed at a provider where none is associated; those on their way out are gone. */
  AppInstances atTheStart() {
    TreeMap<String, AppInstance> next = new TreeMap<>();
    byId.forEach(
        (id, instance) -> {
          if (!instance.isLeaving()) {
            next.put(id, instance.atTheStart());
          }
        });
    return new AppInstances(next);
  }
}
