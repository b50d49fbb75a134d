// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.List;

/** Orders about applications that wait for the one process that may write the vault. */
public interface ApplicationOrders {
  /**
   * An order that waits.
   *
   * @param done takes it away
   */
  record Waiting(ApplicationOrder order, Runnable done) {}

  /**
   * What waits now, oldest first.
   *
   * @throws VaultException if one can not be read
   */
  List<Waiting> waiting();

  /**
   * Leaves an order; any process may.
   *
   * @throws VaultException if it can not be written
   */
  void place(ApplicationOrder order);

  /** The instances once all that waits is carried out. */
  default AppInstances applyTo(AppInstances instances) {
    return applied(waiting(), instances);
  }

  /**
   * Carries out what waits, in one change of the state; the caller is the process that may write. A
   * power cut leaves orders waiting that were carried out, which does no harm.
   *
   * @return whether there was anything
   * @throws VaultException if it can not be written; everything waits on
   */
  default boolean carryOut(StateKeeper keeper) {
    List<Waiting> waiting = waiting();
    if (waiting.isEmpty()) {
      return false;
    }
    keeper.update(
        state -> state.toBuilder().appInstances(applied(waiting, state.appInstances())).build());
    waiting.forEach(one -> one.done().run());
    return true;
  }

  /**
   * Forgets what waits.
   *
   * @throws VaultException if that can not be done
   */
  default void erase() {
    waiting().forEach(one -> one.done().run());
  }

  private static AppInstances applied(List<Waiting> waiting, AppInstances instances) {
    AppInstances next = instances;
    for (Waiting one : waiting) {
      next = one.order().applyTo(next);
    }
    return next;
  }
}
