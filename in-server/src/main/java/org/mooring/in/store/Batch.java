// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.time.Instant;
import java.util.List;
import org.mooring.in.store.GroupCommit.RepositoryFactory;

/** The units of work of one commit, which run one after another in one transaction. */
final class Batch {
  private final OpenTransaction transaction;
  private final RepositoryFactory repositories;
  private final RecordCache cache;
  private final RecordLayer known;

  /** One that has run nothing yet. */
  Batch(Sql sql, Instant now, RepositoryFactory repositories, RecordCache cache) {
    this.transaction = OpenTransaction.on(sql, now);
    this.repositories = repositories;
    this.cache = cache;
    this.known = new RecordLayer(cache);
  }

  /** What became known of clients, for when it is committed. */
  RecordLayer known() {
    return known;
  }

  /**
   * Runs the units of work with no way to undo one of them alone.
   *
   * @return whether that was not needed; otherwise the whole transaction is to be undone, and those
   *     that were done have to run again or have failed
   */
  boolean runTogether(List<PendingWork<?>> units) {
    for (PendingWork<?> unit : units) {
      RecordLayer seen = seenBy();
      long before = undoable();
      if (run(unit, seen)) {
        known.take(seen);
      } else if (undoable() != before) {
        return false;
      }
    }
    return isAuditWritten(units);
  }

  /** Grows with what would have to be undone, and with what may have ended the transaction. */
  private long undoable() {
    Sql sql = transaction.sql();
    return sql.changes() + sql.failures() + transaction.audit().count();
  }

  /**
   * Runs each unit of work in a savepoint, back to which it falls alone if it fails.
   *
   * @throws StoreException if a savepoint itself fails: the transaction may be gone by then
   */
  void runApart(List<PendingWork<?>> units) {
    Sql sql = transaction.sql();
    for (PendingWork<?> unit : units) {
      RecordLayer seen = seenBy();
      sql.run("SAVEPOINT unit_of_work");
      if (run(unit, seen) && isAuditWritten(List.of(unit))) {
        known.take(seen);
      } else {
        sql.run("ROLLBACK TO SAVEPOINT unit_of_work");
        transaction.forget();
      }
      sql.run("RELEASE SAVEPOINT unit_of_work");
    }
  }

  /** Takes what a unit of work sees, above what those before it saw where that still holds. */
  private RecordLayer seenBy() {
    return new RecordLayer(cache.outlivesUnits() ? known : cache);
  }

  /** Whether one succeeded, for which no statement of it may have failed. */
  private boolean run(PendingWork<?> unit, RecordLayer seen) {
    long failures = transaction.sql().failures();
    OpenTransaction own = cache.outlivesUnits() ? transaction : transaction.knowingNoResources();
    if (!unit.run(repositories.within(own, seen))) {
      return false;
    }
    if (transaction.sql().failures() != failures) {
      unit.fail(new StoreException("a unit of work went on after a statement of it had failed"));
      return false;
    }
    return true;
  }

  /** Whether the database took what they recorded; if not, they have failed. */
  private boolean isAuditWritten(List<PendingWork<?>> units) {
    try {
      transaction.audit().write(transaction.sql());
      return true;
    } catch (StoreException e) {
      units.forEach(unit -> unit.fail(e));
      return false;
    }
  }
}
