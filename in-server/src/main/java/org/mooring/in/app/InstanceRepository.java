// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.TokenId;

/**
 * The instances that were associated, ended ones included, within one transaction. One that nobody
 * ended lives as long as its last key: where that was revoked or has expired, with its node or by
 * itself, the instance reads as ended and has no place under its token.
 */
public interface InstanceRepository {
  Optional<Instance> find(InstanceName name);

  /** The instance that lives and is this AE, whose id is absolute and assigned by a CSE. */
  Optional<Instance> living(AeId application);

  /**
   * The application that an AE is or ever was an instance of: an App-Inst-ID on a node stays that
   * one's.
   *
   * @param ae absolute, with an id that a CSE assigned
   */
  Optional<AppId> applicationOf(AeId ae);

  /** The instance that was ever given this key. */
  Optional<Instance> ofKey(KeyIdentifier kaId);

  /** Adds an instance, or has one that is there be let in by another token. */
  void put(Instance instance);

  /**
   * Notes a key that the instance was given last.
   *
   * @throws RuntimeException if another instance was ever given it
   */
  void addKey(InstanceName name, KeyIdentifier kaId);

  /** The keys that the instance was given and that were not revoked or removed. */
  List<KeyIdentifier> keys(InstanceName name);

  /** Some of those that instances were given under a token, wherever they are let in by now. */
  List<KeyIdentifier> keysUnder(TokenId token, int limit);

  /** Whether another application's instance on the node ever had the App-Inst-ID. */
  boolean isOfAnother(InstanceName name);

  void setState(InstanceName name, Instance.State state);

  /** How many live under a token. */
  int countLiving(TokenId token);

  /** How many of them live on a node. */
  int countLiving(TokenId token, EntityId node);

  /** Some of those of an application that nobody ended, at most {@code limit}. */
  List<Instance> notEndedOf(AppId application, int limit);

  /** Some of those under a token that nobody ended, at most {@code limit}. */
  List<Instance> notEndedUnder(TokenId token, int limit);

  /** The first of an application's in the order of their names, at most {@code limit}. */
  List<Instance> ofApplication(AppId application, int limit);

  /** Those of the same application that follow one in that order, at most {@code limit}. */
  List<Instance> following(InstanceName last, int limit);
}
