// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.List;
import java.util.Optional;

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
   * @throws VaultException if it can not be listed
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
   * @return why some could not be read, which are set aside; empty where nothing waited: nothing
   *     changed
   * @throws VaultException if it can not be written; everything waits on
   */
  default Optional<List<String>> carryOut(StateKeeper keeper) {
    List<Waiting> waiting = waiting();
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    keeper.update(
        state -> state.toBuilder().appInstances(applied(waiting, state.appInstances())).build());
    waiting.forEach(one -> one.done().run());
    return Optional.of(unreadable(waiting));
  }

  /**
   * Forgets what waits.
   *
   * @throws VaultException if that can not be done
   */
  void erase();

  private static List<String> unreadable(List<Waiting> waiting) {
    return waiting.stream()
        .map(Waiting::order)
        .filter(ApplicationOrder.Unreadable.class::isInstance)
        .map(order -> ((ApplicationOrder.Unreadable) order).reason())
        .toList();
  }

  private static AppInstances applied(List<Waiting> waiting, AppInstances instances) {
    AppInstances next = instances;
    for (Waiting one : waiting) {
      next = one.order().applyTo(next);
    }
    return next;
  }
}
