// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import java.util.function.Supplier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RefusedException;

/**
 * What a resource type adds to the generic rules (TS-0004 clauses 7.4.x.2); each method is one of
 * the places where the standard deviates. Types without an entry add nothing.
 */
interface TypeRules {
  /** Nothing. */
  TypeRules NONE = new TypeRules() {};

  /**
   * Whether a CREATE is a registration: {@link #admit} decides then instead of the CREATE privilege
   * on the parent (TS-0001 clause 10.2.2).
   */
  default boolean isRegistration() {
    return false;
  }

  /**
   * Decides on the originator of a registration.
   *
   * @throws RefusedException if it may not register
   */
  default void admit(Call call) {}

  /**
   * Whether an UPDATE is a registration: {@link #updated} decides then, also on the originator,
   * instead of the UPDATE privilege.
   */
  default boolean isRegistration(Call update) {
    return false;
  }

  /**
   * What a new resource stands below.
   *
   * @param named what {@code To} names; throws where it names nothing
   * @throws RefusedException if it may not stand there
   */
  default Resource parentOf(Call call, Supplier<Resource> named) {
    return named.get();
  }

  /** The name of a resource for which none was given; one is made up where the type has none. */
  default Optional<String> defaultName(Call call) {
    return Optional.empty();
  }

  /** Whether a resource of this type has the CSE-ID stem of its originator as its name. */
  default boolean isNamedAfterCse() {
    return false;
  }

  /**
   * The new resource with what this type assigns.
   *
   * @throws RefusedException if the representation does not fit
   */
  default Resource complete(Call call, Resource parent, Resource draft) {
    return draft;
  }

  /** Follows a creation. */
  default void created(Call call, Resource parent, Resource created) {}

  /**
   * The resource after an update, with what this type assigns; {@code changes} are in it.
   *
   * @throws RefusedException if the changes do not fit
   */
  default Resource updated(Call call, Resource after, Attributes changes) {
    return after;
  }

  /** The resource as a retrieval shows it. */
  default Resource shown(CseStore store, Resource resource) {
    return resource;
  }

  /** Whether a resource of another's is for the originator to retrieve, since it is about it. */
  default boolean isTold(Call call, Resource resource) {
    return false;
  }

  /**
   * Whether a resource of another's takes children of the originator, which has its place there.
   */
  default boolean isPlaceOf(Call call, Resource resource) {
    return false;
  }

  /** Whether a resource of this type lets its children of a type be retrieved at all. */
  default boolean discloses(Resource parent, int childType) {
    return true;
  }

  /**
   * Decides on a deletion on request, beside the privilege.
   *
   * @throws RefusedException if the originator may not
   */
  default void requireDeletable(Call call) {}

  /** Follows a deletion on request or by expiry; {@code actor} as the audit log names it. */
  default void deleted(CseStore store, String actor, Resource gone) {}

  /** Whether the type has a virtual child of this name. */
  default boolean hasVirtualChild(String name) {
    return false;
  }

  /** The resource for which a virtual child stands at the moment. */
  default Optional<Resource> behindVirtualChild(CseStore store, Resource parent, String name) {
    return Optional.empty();
  }
}
