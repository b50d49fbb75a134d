// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mooring.in.credential.Generations;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.mef.Subscriptions;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;
import org.mooring.in.trust.TrustEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clears away what has expired: registrations, keys, resources and remembered answers. */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final long EVERY_SECONDS = 5;

  /** The most of one kind in one transaction, so that requests do not wait behind a long sweep. */
  private static final int AT_ONCE = 200;

  private final Transactions<Repositories> store;
  private final Generations generations;
  private final Subscriptions subscriptions;
  private final TrustEndpoint<? super Repositories> mef;
  private final TrustEndpoint<? super Repositories> maf;
  private final CseEndpoint cse;

  Housekeeping(
      Transactions<Repositories> store,
      Generations generations,
      Subscriptions subscriptions,
      TrustEndpoint<? super Repositories> mef,
      TrustEndpoint<? super Repositories> maf,
      CseEndpoint cse) {
    this.store = store;
    this.generations = generations;
    this.subscriptions = subscriptions;
    this.mef = mef;
    this.maf = maf;
    this.cse = cse;
  }

  void every(ScheduledExecutorService scheduler) {
    var unused =
        scheduler.scheduleWithFixedDelay(
            this::clear, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void clear() {
    store
        .write(this::clearSome)
        .whenComplete(
            (more, failure) -> {
              if (failure != null) {
                LOG.warn("housekeeping failed and will be tried again: {}", failure.toString());
              } else if (more) {
                clear();
              }
            });
  }

  /** Whether there may be more. */
  private boolean clearSome(Repositories tx) {
    tx.repeatedRequests().purge();
    tx.challenges().purge();
    int most = mef.expire(tx, AT_ONCE);
    most = Math.max(most, maf.expire(tx, AT_ONCE));
    most = Math.max(most, generations.expire(tx, AT_ONCE));
    most = Math.max(most, subscriptions.recordEnds(tx, AT_ONCE));
    return Math.max(most, cse.sweep(tx, AT_ONCE)) >= AT_ONCE;
  }
}
