// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of a result, read column by column in the order of its SELECT: names are looked up by the
 * driver each time, which costs more than reading the value.
 */
final class Row {
  private final ResultSet result;
  private int column;

  Row(ResultSet result) {
    this.result = result;
  }

  /** Whether there is another row; if so, it is read from its first column on. */
  boolean next() throws SQLException {
    column = 0;
    return result.next();
  }

  /** Leaves columns out. */
  void skip(int columns) {
    column += columns;
  }

  /** The next column, which is never NULL. */
  String text() throws SQLException {
    return Objects.requireNonNull(result.getString(++column), "NULL");
  }

  @Nullable String optionalText() throws SQLException {
    return result.getString(++column);
  }

  /** The next column, 0 where it is NULL. */
  long number() throws SQLException {
    return result.getLong(++column);
  }

  /** The next column as milliseconds since 1970. */
  Instant time() throws SQLException {
    return Instant.ofEpochMilli(number());
  }

  /** The next column, which is never NULL. */
  byte[] octets() throws SQLException {
    return Objects.requireNonNull(result.getBytes(++column), "NULL");
  }

  byte @Nullable [] optionalOctets() throws SQLException {
    return result.getBytes(++column);
  }
}
