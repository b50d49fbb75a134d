// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what has expired: registrations, keys, resources and remembered answers. Each kind
 * goes in transactions of its own, so that what can not be cleared holds up no other.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final long EVERY_SECONDS = 5;

  /** The most of one kind in one transaction, so that requests do not wait behind a long sweep. */
  private static final int AT_ONCE = 200;

  private final Transactions<Repositories> store;
  private final List<Chore> chores;

  /** Clears one kind. */
  @FunctionalInterface
  interface Chore {
    /**
     * @param most how many to clear at once
     * @return how many were cleared; with {@code most} or above there may be more
     */
    int clear(Repositories tx, int most);
  }

  /**
   * @param chores begun in this order
   */
  Housekeeping(Transactions<Repositories> store, List<Chore> chores) {
    this.store = store;
    this.chores = List.copyOf(chores);
  }

  void every(ScheduledExecutorService scheduler) {
    var unused =
        scheduler.scheduleWithFixedDelay(
            () -> chores.forEach(this::clear), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void clear(Chore chore) {
    store
        .write(tx -> chore.clear(tx, AT_ONCE) >= AT_ONCE)
        .whenComplete(
            (more, failure) -> {
              if (failure != null) {
                LOG.warn("housekeeping failed and will be tried again: {}", failure.toString());
              } else if (more) {
                clear(chore);
              }
            });
  }
}
