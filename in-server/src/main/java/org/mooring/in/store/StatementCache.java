// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Keeps the compiled statements of each SQLite connection: compiling one takes as long as running
 * it. They are kept for the connection itself, below the pool, which would close them whenever a
 * connection comes back to it.
 */
final class StatementCache implements StatementBuilderFactory {
  private static final int PER_CONNECTION = 256;

  private final Map<SQLiteConnection, Idle> connections = new ConcurrentHashMap<>();

  @Override
  public StatementBuilder createStatementBuilder(Connection pooled) {
    try {
      SQLiteConnection connection = pooled.unwrap(SQLiteConnection.class);
      return new Builder(connection, connections.computeIfAbsent(connection, c -> new Idle()));
    } catch (SQLException e) {
      throw new StoreException("this connection leads to no SQLite database", e);
    }
  }

  /** The statements of one connection that nobody runs now; the longest unused one goes first. */
  private static final class Idle {
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();

    @Nullable PreparedStatement take(String sql) {
      return statements.remove(sql);
    }

    void give(String sql, PreparedStatement statement) throws SQLException {
      statement.clearParameters();
      close(statements.put(sql, statement));
      if (statements.size() > PER_CONNECTION) {
        String oldest = statements.keySet().iterator().next();
        close(statements.remove(oldest));
      }
    }

    private static void close(@Nullable PreparedStatement statement) throws SQLException {
      if (statement != null) {
        statement.close();
      }
    }
  }

  /** Serves one handle, and so one thread: a statement in use is nowhere in the cache. */
  private static final class Builder extends DefaultStatementBuilder {
    private final SQLiteConnection connection;
    private final Idle idle;
    private final Map<Statement, String> running = new IdentityHashMap<>();

    Builder(SQLiteConnection connection, Idle idle) {
      this.connection = connection;
      this.idle = idle;
    }

    @Override
    public PreparedStatement create(Connection pooled, String sql, StatementContext context)
        throws SQLException {
      @Nullable PreparedStatement kept = idle.take(sql);
      PreparedStatement statement = kept != null ? kept : super.create(connection, sql, context);
      running.put(statement, sql);
      return statement;
    }

    /**
     * @param template the text before its parameters' names were replaced, no key of this cache
     */
    @Override
    public void close(Connection pooled, String template, Statement statement) throws SQLException {
      @Nullable String sql = running.remove(statement);
      if (sql != null && statement instanceof PreparedStatement prepared) {
        idle.give(sql, prepared);
      } else {
        statement.close();
      }
    }
  }
}
