// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL for all tests of a run, on a free loopback port, gone with this JVM. */
final class TestPostgresql {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgresql() {}

  private static final class Running {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        // Nothing outlives the tests: without fsync the shutdown does not flush every database.
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            .start();
      } catch (IOException e) {
        throw new IllegalStateException("PostgreSQL does not start", e);
      }
    }
  }

  static String emptyDatabase() throws SQLException, IOException {
    String name = "store_" + DATABASES.incrementAndGet();
    try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return Running.SERVER.getJdbcUrl("postgres", name);
  }
}
