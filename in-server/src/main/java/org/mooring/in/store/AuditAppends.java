// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one database transaction appends to the audit log. Each entry is chained to the one before,
 * and a commit has many: they gather here and are written some at a time.
 */
final class AuditAppends {
  private static final String INSERT =
      "INSERT INTO audit (seq, at, actor, action, subject, detail, previous, hash) VALUES ";
  private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?)";
  private static final int COLUMNS = 8;
  private static final int AT_ONCE = 8;
  private static final String INSERT_ONE = INSERT + ROW;
  private static final String INSERT_SOME = INSERT + ROW + (", " + ROW).repeat(AT_ONCE - 1);

  private final List<Appended> unwritten = new ArrayList<>();
  private @Nullable Link newest;
  private long count;

  /** What the next entry is chained to. */
  record Link(long seq, String hash) {}

  private record Appended(AuditEntry entry, String hash) {}

  /** The newest entry, looked up unless this transaction appended or saw it. */
  Link newest(Supplier<Link> lookUp) {
    if (newest == null) {
      newest = lookUp.get();
    }
    return newest;
  }

  void append(AuditEntry entry) {
    String hash = entry.hash();
    unwritten.add(new Appended(entry, hash));
    newest = new Link(entry.seq(), hash);
    count++;
  }

  /**
   * How many entries were appended since the transaction began, those that were undone included.
   */
  long count() {
    return count;
  }

  /**
   * Writes what is not written yet; to be called before the transaction reads the log or ends.
   *
   * @throws StoreException if the database refuses it
   */
  void write(Sql sql) {
    int next = 0;
    while (next < unwritten.size()) {
      int rows = unwritten.size() - next < AT_ONCE ? 1 : AT_ONCE;
      sql.run(rows == 1 ? INSERT_ONE : INSERT_SOME, columns(unwritten.subList(next, next + rows)));
      next += rows;
    }
    unwritten.clear();
  }

  private static Object[] columns(List<Appended> rows) {
    List<Object> columns = new ArrayList<>(rows.size() * COLUMNS);
    for (Appended row : rows) {
      AuditEntry entry = row.entry();
      columns.add(entry.seq());
      columns.add(entry.at());
      columns.add(entry.actor());
      columns.add(entry.action());
      columns.add(entry.subject());
      columns.add(entry.detail());
      columns.add(entry.previous());
      columns.add(row.hash());
    }
    return columns.toArray();
  }

  /** What was appended last may have been undone. */
  void forget() {
    unwritten.clear();
    newest = null;
  }
}
