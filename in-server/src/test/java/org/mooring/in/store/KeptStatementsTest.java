// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class KeptStatementsTest {
  private static final String ONE = "SELECT name FROM thing WHERE id = ?";

  @TempDir Path folder;
  private final KeptStatements kept = new KeptStatements();
  private Connection connection;
  private Sql sql;

  @BeforeEach
  void open() throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("things.db"));
    connection = source.getConnection();
    sql = new Sql(kept.of(connection));
    sql.run("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT)");
    sql.run("INSERT INTO thing VALUES (1, 'one'), (2, 'two')");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void aStatementIsCompiledOnceForAConnection() throws SQLException {
    assertThat(kept.of(connection)).isSameAs(kept.of(connection));
    assertThat(kept.of(connection).take(ONE)).isSameAs(kept.of(connection).take(ONE));
  }

  @Test
  void nothingIsKeptForAConnectionThatIsDropped() throws SQLException {
    PreparedStatements before = kept.of(connection);
    kept.forget(connection);
    assertThat(kept.of(connection)).isNotSameAs(before);
  }

  @Test
  void aStatementThatWasLeftHalfReadBeginsAnew() {
    String all = "SELECT id FROM thing ORDER BY id";
    assertThat(sql.first(all, Row::number)).contains(1L);
    assertThat(sql.all(all, Row::number)).containsExactly(1L, 2L);
  }

  @Test
  void aStatementThatFailedRunsAgain() {
    String insert = "INSERT INTO thing VALUES (?, ?)";
    assertThatThrownBy(() -> sql.run(insert, 1, "again"))
        .isInstanceOf(StoreException.class)
        .hasMessageNotContaining("again");
    assertThat(sql.run(insert, 3, "three")).isEqualTo(1);
    assertThat(sql.first(ONE, Row::text, 3)).contains("three");
  }

  @Test
  void aNullTakesThePlaceOfWhatWasBoundBefore() {
    String insert = "INSERT INTO thing VALUES (?, ?)";
    sql.run(insert, 4, "four");
    sql.run(insert, 5, null);
    assertThat(sql.all("SELECT id FROM thing WHERE name IS NULL", Row::number)).containsExactly(5L);
  }
}
