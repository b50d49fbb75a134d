// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection taken from its pool, with the transaction on it; used by one thread at a time. Each
 * method throws a {@link StoreException} if the database fails.
 */
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final HikariDataSource pool;
  private final PreparedStatements.Source source;
  private final Connection connection;
  private final PreparedStatements statements;
  private final Sql sql;

  /**
   * @param source has the statements of the connection
   */
  Session(HikariDataSource pool, PreparedStatements.Source source, Connection connection)
      throws SQLException {
    this.pool = pool;
    this.source = source;
    this.connection = connection;
    this.statements = source.of(connection);
    this.sql = new Sql(statements);
  }

  PreparedStatements statements() {
    return statements;
  }

  Sql sql() {
    return sql;
  }

  /** Begins a transaction; without it each statement is one. */
  void begin() {
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new StoreException("the database begins no transaction", e);
    }
  }

  /** Undoes what was done since {@link #begin}, and begins again. */
  void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      throw new StoreException("the database does not take back a transaction", e);
    }
  }

  void commit() {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new StoreException("the database did not take the commit", e);
    }
  }

  /**
   * Ends a transaction that only read: once less than {@link #close}, which undoes it and has the
   * pool end another.
   */
  void endReading() {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new StoreException("the database does not end a transaction", e);
    }
  }

  /**
   * Undoes what was not committed, and gives the connection back. One whose transaction the
   * database ended by itself, as for a full disk, is dropped.
   */
  @Override
  public void close() {
    try (connection) {
      undo();
    } catch (SQLException e) {
      throw new StoreException("the connection to the database does not come back", e);
    }
  }

  private void undo() throws SQLException {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
    } catch (SQLException e) {
      LOG.warn("a transaction could not be rolled back; its connection is dropped", e);
      source.forget(connection);
      pool.evictConnection(connection);
    }
  }
}
