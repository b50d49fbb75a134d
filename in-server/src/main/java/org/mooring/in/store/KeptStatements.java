// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sqlite.SQLiteConnection;

/**
 * Keeps the compiled statements of each SQLite connection: its driver compiles a statement anew
 * each time it is prepared, which takes as long as running it. They are kept for the connection
 * itself, below the pool, which would close them whenever the connection comes back to it. There
 * are as many as this package has texts.
 */
final class KeptStatements implements PreparedStatements.Source {
  private final Map<SQLiteConnection, PreparedStatements> connections = new ConcurrentHashMap<>();

  @Override
  public PreparedStatements of(Connection pooled) throws SQLException {
    return connections.computeIfAbsent(pooled.unwrap(SQLiteConnection.class), OfOne::new);
  }

  @Override
  public void forget(Connection pooled) throws SQLException {
    connections.remove(pooled.unwrap(SQLiteConnection.class));
  }

  private static final class OfOne implements PreparedStatements {
    private final SQLiteConnection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    OfOne(SQLiteConnection connection) {
      this.connection = connection;
    }

    @Override
    public PreparedStatement take(String sql) throws SQLException {
      PreparedStatement kept = statements.get(sql);
      if (kept == null) {
        kept = connection.prepareStatement(sql);
        statements.put(sql, kept);
      }
      return kept;
    }

    @Override
    public void give(PreparedStatement statement) {
      // it stays compiled, and each run binds every parameter anew
    }
  }
}
