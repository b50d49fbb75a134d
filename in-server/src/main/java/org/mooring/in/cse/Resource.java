// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.time.Instant;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;

/**
 * A resource of the tree (TS-0004 clause 7.4), whatever its type; immutable.
 *
 * @param id resourceID (ri), unique in this CSE
 * @param type resourceType (ty)
 * @param place where it stands
 * @param provenance whose it is
 * @param attributes all attributes but those that have a component of their own here
 * @param stateTag stateTag (st), 0 for types without one
 * @param contentSize octets of content, 0 for types without any
 * @param times when it came, changed and ends
 */
public record Resource(
    String id,
    int type,
    Place place,
    Provenance provenance,
    Attributes attributes,
    long stateTag,
    long contentSize,
    Times times) {

  /**
   * Where it stands.
   *
   * @param parent the parent's id; empty for the CSEBase
   * @param name resourceName (rn), unique below the parent
   * @param path the structured CSE-relative address: names from the CSEBase's on, joined by slashes
   */
  public record Place(String parent, String name, String path) {}

  /**
   * Whose it is.
   *
   * @param creator SP-relative id of the originator that created it, whether or not it asked for
   *     the attribute; empty for the CSEBase, and of an implied rule its source
   * @param registree SP-relative CSE-ID of the registered CSE in whose subtree it stands, of a
   *     {@code <serviceSubscribedNode>} the one on its node, of an implied rule the registrar that
   *     it is for; empty for none
   */
  public record Provenance(String creator, String registree) {}

  /**
   * Its times.
   *
   * @param created creationTime (ct)
   * @param modified lastModifiedTime (lt)
   * @param expires expirationTime (et) in whole seconds; {@link M2mTimestamp#NEVER} for the CSEBase
   */
  public record Times(Instant created, Instant modified, Instant expires) {}

  /** The parent's id; empty for the CSEBase. */
  public String parent() {
    return place.parent();
  }

  public String name() {
    return place.name();
  }

  /** The structured CSE-relative address. */
  public String path() {
    return place.path();
  }

  /** Whether it is the CSEBase, the one without a parent. */
  public boolean isBase() {
    return place.parent().isEmpty();
  }

  Resource withId(String other) {
    return new Resource(other, type, place, provenance, attributes, stateTag, contentSize, times);
  }

  Resource withPlace(Place other) {
    return new Resource(id, type, other, provenance, attributes, stateTag, contentSize, times);
  }

  Resource withProvenance(Provenance other) {
    return new Resource(id, type, place, other, attributes, stateTag, contentSize, times);
  }

  Resource withAttributes(Attributes other) {
    return new Resource(id, type, place, provenance, other, stateTag, contentSize, times);
  }

  Resource withContent(long tag, long size) {
    return new Resource(id, type, place, provenance, attributes, tag, size, times);
  }

  Resource expiringAt(Instant expires) {
    Times other = new Times(times.created(), times.modified(), expires);
    return new Resource(id, type, place, provenance, attributes, stateTag, contentSize, other);
  }

  /** After a modification: stateTag is one higher (TS-0004 clause 7.3.3.7). */
  Resource modifiedAt(Instant now) {
    Times other = new Times(times.created(), now, times.expires());
    return new Resource(id, type, place, provenance, attributes, stateTag + 1, contentSize, other);
  }

  @Override
  public String toString() {
    return path() + " (" + id + ")";
  }
}
