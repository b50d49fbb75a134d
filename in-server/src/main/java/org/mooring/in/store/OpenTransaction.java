// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.time.Instant;

/**
 * A database transaction that many units of work may share, with what each learns of the database
 * for those after it, where nobody else writes.
 *
 * @param sql runs statements in it
 * @param audit what it appends to the audit log
 * @param resources what it knows of all resources
 * @param now its time
 */
record OpenTransaction(Sql sql, AuditAppends audit, KnownResources resources, Instant now) {

  /** One that knows nothing yet. */
  static OpenTransaction on(Sql sql, Instant now) {
    return new OpenTransaction(sql, new AuditAppends(), new KnownResources(), now);
  }

  /** The same without what one unit of work knows of rows that others may change meanwhile. */
  OpenTransaction knowingNoResources() {
    return new OpenTransaction(sql, audit, new KnownResources(), now);
  }

  /** What was learned or appended last may have been undone. */
  void forget() {
    audit.forget();
    resources.forget();
  }
}
