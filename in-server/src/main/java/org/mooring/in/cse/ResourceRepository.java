// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;

/**
 * The resources at the time of one transaction. Whatever is read lives: a resource whose
 * expirationTime has come is no longer found, though it counts until it is deleted.
 */
public interface ResourceRepository {
  /** As many can be asked for at once. */
  int MOST_BY_IDS = 16;

  /** The CSEBase. */
  Optional<Resource> base();

  Optional<Resource> byId(String id);

  /**
   * The resources with these ids, in no order, those that there are.
   *
   * @param ids {@value #MOST_BY_IDS} at most
   */
  List<Resource> byIds(List<String> ids);

  /**
   * The resource at an address.
   *
   * @param path the structured CSE-relative address
   */
  Optional<Resource> byPath(String path);

  /**
   * The registration of a CSE.
   *
   * @param type the type of registrations
   * @param cse its SP-relative CSE-ID
   */
  Optional<Resource> registrationOf(int type, CseId cse);

  /**
   * What is said of a CSE by resources of a type.
   *
   * @param type the type, which says so as registrations do
   * @param cse its SP-relative CSE-ID; of a node without a CSE the AE-ID
   * @param limit the most that are given
   */
  List<Resource> ofCse(int type, EntityId cse, int limit);

  /**
   * The resources of a type that are said of no CSE.
   *
   * @param limit the most that are given
   */
  List<Resource> ofNoCse(int type, int limit);

  /**
   * The children of a type, the oldest first.
   *
   * @param limit the most that are given
   */
  List<Resource> children(String parent, int type, int limit);

  /** The youngest child of a type. */
  Optional<Resource> newest(String parent, int type);

  /** The oldest child of a type. */
  Optional<Resource> oldest(String parent, int type);

  /** How many octets the attributes of those resources take as they are stored. */
  long octetsOf(List<String> ids);

  /** How many children of a type one creator has below a parent, expired ones included. */
  long count(String parent, int type, String creator);

  /**
   * What stands below a resource at any depth and goes by an originator, parents before children,
   * older before younger: what its creators made, and what goes by its parent.
   *
   * @param creators of the originator; what stands below resources of others is left out
   * @param limit the most that are looked at
   */
  List<Resource> below(String id, CreatorScope creators, int limit);

  /** How many octets the attributes of these resources take as they are stored. */
  long octetsBelow(String id, CreatorScope creators, int limit);

  /**
   * The same together with what else an originator could have a privilege on: policies and what
   * refers to policies, whoever made them.
   *
   * @param creators of the originator; what stands below resources of others that refer to no
   *     policy is left out
   * @param limit the most that are looked at
   * @param octets what their attributes take at most as they are stored; the rest is left out
   */
  List<Resource> governedBelow(String id, CreatorScope creators, int limit, long octets);

  /** The latest expirationTime among the children. */
  Optional<Instant> latestExpirationBelow(String parent);

  /** What expired below a parent and was not deleted yet. */
  List<Resource> expiredBelow(String parent);

  /**
   * What expired anywhere and was not deleted yet, the earliest first.
   *
   * @param limit the most that are given
   */
  List<Resource> expired(int limit);

  /** How many children of a type expired and were not deleted yet. */
  InstanceTotal expiredTotal(String parent, int type);

  /**
   * Keeps a new resource.
   *
   * @return false if its id or its path is taken; nothing is kept then
   */
  boolean insert(Resource resource);

  /** Keeps what changed: attributes, stateTag, expirationTime and lastModifiedTime. */
  void update(Resource resource);

  /**
   * Makes one creator's resources another's.
   *
   * @param registree in the subtree of which registered CSE they stand, SP-relative
   * @param creator whose they are, SP-relative
   * @param next whose they are from now on, SP-relative
   */
  void handOver(CseId registree, AeId creator, AeId next);

  /** Deletes the resource and what stands below it. */
  void delete(String id);

  /** Has each child of a type expire no later than its creationTime and this age, in seconds. */
  void limitAge(String parent, int type, Duration age);
}
