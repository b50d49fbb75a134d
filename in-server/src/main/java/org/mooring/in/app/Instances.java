// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.app.Instance.State;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;

/** How instances end: one, or all of a token or an application, with their keys and sessions. */
public final class Instances {
  private final Generations generations;

  public Instances(Generations generations) {
    this.generations = generations;
  }

  /**
   * Ends one instance for good. Again for a revoked one, nothing changes.
   *
   * @return the instance as it stands now, empty for an unknown one
   */
  public Optional<Instance> revoke(AppStore store, InstanceName name, String reason, String actor) {
    store
        .appInstances()
        .find(name)
        .filter(instance -> instance.state() != State.REVOKED)
        .ifPresent(instance -> end(store, instance, State.REVOKED, reason, actor));
    return store.appInstances().find(name);
  }

  /** Ends an instance that its node gave up; a token may let it in again. */
  public void giveUp(AppStore store, InstanceName name, String actor) {
    store
        .appInstances()
        .find(name)
        .filter(instance -> instance.state() == State.ACTIVE)
        .ifPresent(instance -> end(store, instance, State.ENDED, "given up", actor));
  }

  /**
   * Ends some of an application's instances that nobody ended.
   *
   * @return how many; fewer than {@code limit} if none is left
   */
  public int endOf(AppStore store, AppId application, int limit, String reason, String actor) {
    return endAll(store, store.appInstances().notEndedOf(application, limit), reason, actor);
  }

  /**
   * The same of those under a token, with the keys that others were given under it before another
   * token let them in.
   */
  public int endUnder(AppStore store, TokenId token, int limit, String reason, String actor) {
    int ended = endAll(store, store.appInstances().notEndedUnder(token, limit), reason, actor);
    List<KeyIdentifier> earlier = store.appInstances().keysUnder(token, limit - ended);
    earlier.forEach(kaId -> generations.revoke(store, kaId, reason, actor));
    return ended + earlier.size();
  }

  /** How many live under a token. */
  public int living(AppStore store, TokenId token) {
    return store.appInstances().countLiving(token);
  }

  /** The first of an application's in the order of their names, at most {@code limit}. */
  public List<Instance> ofApplication(AppStore store, AppId application, int limit) {
    return store.appInstances().ofApplication(application, limit);
  }

  /** Those of the same application that follow one in that order, at most {@code limit}. */
  public List<Instance> following(AppStore store, InstanceName last, int limit) {
    return store.appInstances().following(last, limit);
  }

  private int endAll(AppStore store, List<Instance> instances, String reason, String actor) {
    instances.forEach(instance -> end(store, instance, State.ENDED, reason, actor));
    return instances.size();
  }

  private void end(AppStore store, Instance instance, State state, String reason, String actor) {
    InstanceName name = instance.name();
    store.appInstances().setState(name, state);
    store
        .audit()
        .record(
            actor,
            state == State.REVOKED
                ? AuditAction.APP_INSTANCE_REVOKED
                : AuditAction.APP_INSTANCE_ENDED,
            name.application().value(),
            Attributes.builder()
                .put("instance", name.instance().value())
                .put("node", name.node().value())
                .put("reason", reason)
                .build());
    for (KeyIdentifier kaId : store.appInstances().keys(name)) {
      if (isLeft(store, kaId)) {
        generations.revoke(store, kaId, reason, actor);
      }
    }
  }

  /** Whether there is anything of a key to be revoked. */
  private static boolean isLeft(AppStore store, KeyIdentifier kaId) {
    return store
        .credentials()
        .find(kaId)
        .filter(key -> key.status() != Credential.Status.REVOKED)
        .isPresent();
  }
}
