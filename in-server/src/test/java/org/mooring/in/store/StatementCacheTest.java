// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class StatementCacheTest {
  private static final String ONE = "SELECT name FROM thing WHERE id = :id";

  @TempDir Path folder;
  private Connection connection;
  private Jdbi jdbi;

  @BeforeEach
  void open() throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("things.db"));
    connection = source.getConnection();
    jdbi = Jdbi.create(() -> connection);
    jdbi.setStatementBuilderFactory(new StatementCache());
    Handle handle = jdbi.open();
    handle.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT)");
    handle.execute("INSERT INTO thing VALUES (1, 'one'), (2, 'two')");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** Catches the statement that a query runs as. */
  private static final class Seen implements StatementCustomizer {
    private @Nullable PreparedStatement statement;

    @Override
    public void beforeExecution(PreparedStatement running, StatementContext context) {
      statement = running;
    }
  }

  private static @Nullable PreparedStatement statementOf(Handle handle, int id, String expected) {
    Seen seen = new Seen();
    String name =
        handle.createQuery(ONE).bind("id", id).addCustomizer(seen).mapTo(String.class).one();
    assertThat(name).isEqualTo(expected);
    return seen.statement;
  }

  @Test
  void aStatementIsCompiledOnceForAConnectionAndItsHandles() {
    PreparedStatement first = statementOf(jdbi.open(), 1, "one");
    PreparedStatement second = statementOf(jdbi.open(), 2, "two");
    assertThat(second).isNotNull().isSameAs(first);
  }

  @Test
  void aStatementThatRunsIsNotHandedOutAgain() {
    Handle handle = jdbi.open();
    Seen outer = new Seen();
    try (var rows =
        handle
            .createQuery("SELECT id FROM thing ORDER BY id")
            .addCustomizer(outer)
            .mapTo(Integer.class)
            .iterator()) {
      rows.next();
      Seen inner = new Seen();
      assertThat(
              handle
                  .createQuery("SELECT id FROM thing ORDER BY id")
                  .addCustomizer(inner)
                  .mapTo(Integer.class)
                  .list())
          .containsExactly(1, 2);
      assertThat(inner.statement).isNotSameAs(outer.statement);
      assertThat(rows.next()).isEqualTo(2);
    }
  }

  @Test
  void whatWasBoundBeforeIsForgotten() {
    statementOf(jdbi.open(), 1, "one");
    assertThat(jdbi.open().createQuery("SELECT :id").bindNull("id", 4).mapTo(String.class).list())
        .containsOnlyNulls();
  }
}
