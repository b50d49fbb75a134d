// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.jspecify.annotations.Nullable;

/** The migrated database with its one writing connection and its pool of reading ones. */
final class Database implements AutoCloseable {
  private static final String MIGRATIONS = "classpath:org/mooring/in/store/migration/";

  private final Dialect dialect;
  private final HikariDataSource writer;
  private final HikariDataSource readers;
  private final PreparedStatements.Source statements;

  private Database(Dialect dialect, HikariDataSource writer, HikariDataSource readers) {
    this.dialect = dialect;
    this.writer = writer;
    this.readers = readers;
    this.statements = dialect.statements();
  }

  /**
   * @throws StoreException if it cannot be reached or a newer program wrote it
   */
  static Database open(StoreSettings settings) {
    String url = settings.jdbcUrl();
    Dialect dialect = Dialect.of(url);
    dialect.prepare(url);
    @Nullable HikariDataSource writer = null;
    try {
      migrate(dialect, dialect.connect(url, false));
      writer = new HikariDataSource(dialect.pool(url, false, 1));
      return new Database(
          dialect, writer, new HikariDataSource(dialect.pool(url, true, settings.readers())));
    } catch (RuntimeException e) {
      if (writer != null) {
        writer.close();
      }
      throw e instanceof StoreException ? e : new StoreException("cannot open the database", e);
    }
  }

  private static void migrate(Dialect dialect, DataSource source) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(source)
            .locations(MIGRATIONS + "tables", MIGRATIONS + dialect.migrations())
            .table("schema_history")
            .load();
    try {
      refuseNewer(flyway.info());
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StoreException("cannot bring the database to this program's version", e);
    }
  }

  private static void refuseNewer(MigrationInfoService info) {
    Arrays.stream(info.applied())
        .filter(applied -> applied.isVersioned() && !isKnown(applied))
        .findAny()
        .ifPresent(
            future -> {
              throw new StoreException(
                  "the database has version "
                      + future.getVersion()
                      + ", which a newer program wrote: run that one or a later one");
            });
  }

  private static boolean isKnown(MigrationInfo applied) {
    return applied.getState().isResolved();
  }

  Dialect dialect() {
    return dialect;
  }

  /**
   * @throws StoreException if there is no connection
   */
  Session openWriter() {
    return open(writer);
  }

  /**
   * @throws StoreException if there is no connection
   */
  Session openReader() {
    return open(readers);
  }

  private Session open(HikariDataSource pool) {
    try {
      return new Session(pool, statements, pool.getConnection());
    } catch (SQLException e) {
      throw new StoreException("there is no connection to the database", e);
    }
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }
}
