// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A transaction that begins with its first statement, and only reads. */
final class LazySession implements AutoCloseable {
  private final Supplier<Session> opener;
  private final Sql sql = new Sql(this::statements);
  private @Nullable Session open;

  LazySession(Supplier<Session> opener) {
    this.opener = opener;
  }

  Sql sql() {
    return sql;
  }

  private PreparedStatements statements() {
    Session session = open;
    if (session == null) {
      session = opener.get();
      open = session;
      session.begin();
    }
    return session.statements();
  }

  @Override
  public void close() {
    if (open != null) {
      try (Session session = open) {
        session.endReading();
      }
    }
  }
}
