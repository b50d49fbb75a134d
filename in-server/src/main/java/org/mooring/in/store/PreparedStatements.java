// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The compiled statements of one connection; used by one thread at a time. */
interface PreparedStatements {
  /** A statement that nobody runs, with whatever was bound before. */
  PreparedStatement take(String sql) throws SQLException;

  /** Gives back what was taken; its result is closed. */
  void give(PreparedStatement statement) throws SQLException;

  /** Finds the statements of connections from a pool. */
  @FunctionalInterface
  interface Source {
    PreparedStatements of(Connection pooled) throws SQLException;

    /** Lets go of what is kept for a connection that is dropped. */
    default void forget(Connection pooled) throws SQLException {}
  }

  /** Each is compiled when it is asked for, by a driver that keeps them itself. */
  static PreparedStatements compiledBy(Connection driver) {
    return new PreparedStatements() {
      @Override
      public PreparedStatement take(String sql) throws SQLException {
        return driver.prepareStatement(sql);
      }

      @Override
      public void give(PreparedStatement statement) throws SQLException {
        statement.close();
      }
    };
  }
}
