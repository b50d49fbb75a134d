// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements on one connection, within whatever transaction that has. Parameters are texts,
 * numbers, octets or null in the order of their question marks. Neither they nor what is read
 * appear in the message of a {@link StoreException}; its cause may quote a row, in which secrets
 * are sealed.
 *
 * <p>The connection is asked for with the first statement: a unit of work that finds everything in
 * memory needs none.
 */
final class Sql {
  private static final int ROWS_AT_ONCE = 1000;

  private final Supplier<PreparedStatements> statements;
  private long changes;
  private long failures;

  Sql(Supplier<PreparedStatements> statements) {
    this.statements = statements;
  }

  Sql(PreparedStatements statements) {
    this(() -> statements);
  }

  /** How many statements so far changed something; each of those goes through {@link #run}. */
  long changes() {
    return changes;
  }

  /** How many failed so far: for some reasons the database ends the whole transaction. */
  long failures() {
    return failures;
  }

  /** Makes a value of a row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(Row row) throws SQLException;
  }

  /** Takes rows one by one while they are read. */
  @FunctionalInterface
  interface RowVisitor {
    /** Whether the next row is wanted too. */
    boolean visit(Row row) throws SQLException;
  }

  /**
   * Runs a statement that changes something.
   *
   * @return how many rows it changed
   * @throws StoreException if the database refuses it
   */
  int run(String sql, @Nullable Object... parameters) {
    int changed = use(sql, PreparedStatement::executeUpdate, parameters);
    if (changed > 0) {
      changes++;
    }
    return changed;
  }

  /**
   * The first row.
   *
   * @throws StoreException if the database refuses the query
   */
  <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    List<T> rows = new ArrayList<>(1);
    visit(
        sql,
        row -> {
          rows.add(reader.read(row));
          return false;
        },
        parameters);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
  }

  /**
   * All rows.
   *
   * @throws StoreException if the database refuses the query
   */
  <T> List<T> all(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    List<T> rows = new ArrayList<>();
    visit(sql, row -> rows.add(reader.read(row)), parameters);
    return List.copyOf(rows);
  }

  /**
   * Hands rows over while they are read, so that a long result is never in memory as a whole. The
   * visitor runs no statement.
   *
   * @throws StoreException if the database refuses the query
   */
  void visit(String sql, RowVisitor visitor, @Nullable Object... parameters) {
    var unused = use(sql, statement -> visited(statement, visitor), parameters);
  }

  /** How many rows were visited. */
  private static int visited(PreparedStatement statement, RowVisitor visitor) throws SQLException {
    statement.setFetchSize(ROWS_AT_ONCE);
    try (ResultSet result = statement.executeQuery()) {
      Row row = new Row(result);
      int visited = 0;
      boolean more = true;
      while (more && row.next()) {
        more = visitor.visit(row);
        visited++;
      }
      return visited;
    }
  }

  /** Runs a statement whose parameters are bound. */
  @FunctionalInterface
  private interface Use {
    int run(PreparedStatement statement) throws SQLException;
  }

  private int use(String sql, Use use, @Nullable Object... parameters) {
    PreparedStatements source = statements.get();
    try {
      PreparedStatement statement = source.take(sql);
      try {
        bind(statement, parameters);
        return use.run(statement);
      } finally {
        source.give(statement);
      }
    } catch (SQLException e) {
      failures++;
      throw new StoreException("the database refused a statement", e);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      @Nullable Object parameter = parameters[i];
      if (parameter instanceof String text) {
        statement.setString(i + 1, text);
      } else if (parameter instanceof Long number) {
        statement.setLong(i + 1, number);
      } else if (parameter instanceof Integer number) {
        statement.setInt(i + 1, number);
      } else if (parameter instanceof byte[] octets) {
        statement.setBytes(i + 1, octets);
      } else if (parameter == null) {
        statement.setNull(i + 1, Types.NULL);
      } else {
        throw new IllegalArgumentException("a parameter is a text, a number or octets");
      }
    }
  }
}
