// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.sql.DataSource;
import org.mooring.common.file.PrivateFiles;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/** What the two databases do not share. */
enum Dialect {
  SQLITE("jdbc:sqlite:") {
    @Override
    void prepare(String jdbcUrl) {
      Path file = Path.of(jdbcUrl.substring(prefix().length()));
      if (!Files.exists(file)) {
        try {
          // SQLite gives its WAL and shared-memory files the mode of the database file.
          PrivateFiles.create(file).close();
        } catch (IOException e) {
          throw new StoreException("cannot create the database file " + file, e);
        }
      }
    }

    @Override
    DataSource connect(String jdbcUrl, boolean readOnly) {
      SQLiteConfig config = new SQLiteConfig();
      config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
      config.enforceForeignKeys(true);
      config.setSynchronous(SynchronousMode.FULL);
      config.setTempStore(TempStore.MEMORY);
      config.setCacheSize(readOnly ? READER_CACHE : WRITER_CACHE);
      config.setGetGeneratedKeys(false); // else the driver asks for the row id after each INSERT
      config.setOpenMode(SQLiteOpenMode.NOMUTEX); // one thread at a time uses a connection
      if (readOnly) {
        config.setReadOnly(true);
      } else {
        config.setJournalMode(JournalMode.WAL);
        config.setWalAutocheckpoint(CHECKPOINT_PAGES);
        // Takes the write lock first: upgrading a read transaction fails when another process
        // wrote.
        config.setTransactionMode(TransactionMode.IMMEDIATE);
      }
      SQLiteDataSource source = new SQLiteDataSource(config);
      source.setUrl(jdbcUrl);
      return source;
    }

    @Override
    PreparedStatements.Source statements() {
      return new KeptStatements();
    }

    /** The write transaction excludes every other one already. */
    @Override
    void lockAudit(Sql sql) {}

    /** The lock on the data folder leaves this process as the only one. */
    @Override
    boolean hasOneWriter() {
      return true;
    }
  },

  POSTGRESQL("jdbc:postgresql:") {
    @Override
    void prepare(String jdbcUrl) {}

    @Override
    DataSource connect(String jdbcUrl, boolean readOnly) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(jdbcUrl);
      return source;
    }

    @Override
    PreparedStatements.Source statements() {
      return PreparedStatements::compiledBy;
    }

    @Override
    void lockAudit(Sql sql) {
      sql.all("SELECT 1 FROM (SELECT pg_advisory_xact_lock(?)) AS held", Row::number, AUDIT_LOCK);
    }

    /** Several servers share one service. */
    @Override
    boolean hasOneWriter() {
      return false;
    }
  };

  private static final int BUSY_TIMEOUT_MILLIS = 10_000;

  /**
   * Octets of page cache, as SQLite wants them: KiB with a minus. The keys of most tables are
   * random, so the writer touches pages all over the file; what it does not hold it reads again.
   */
  private static final int WRITER_CACHE = -65_536;

  private static final int READER_CACHE = -8_192;

  /** A page that many commits changed is copied from the WAL once: 40 MiB of them gather. */
  private static final int CHECKPOINT_PAGES = 10_000;

  /** Any number that no other advisory lock of this program has. */
  private static final long AUDIT_LOCK = 0x6d6f_6f72_0001L;

  private final String prefix;

  Dialect(String prefix) {
    this.prefix = prefix;
  }

  /**
   * @throws StoreException if no database here has such a URL
   */
  static Dialect of(String jdbcUrl) {
    for (Dialect dialect : values()) {
      if (jdbcUrl.startsWith(dialect.prefix)) {
        return dialect;
      }
    }
    throw new StoreException("database: write jdbc:sqlite:FILE or jdbc:postgresql://HOST/NAME");
  }

  String prefix() {
    return prefix;
  }

  String migrations() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Creates what must exist before the first connection. */
  abstract void prepare(String jdbcUrl);

  abstract DataSource connect(String jdbcUrl, boolean readOnly);

  /** Finds the statements of all connections of one database. */
  abstract PreparedStatements.Source statements();

  /** Makes this transaction the only one that appends to the audit log until it ends. */
  abstract void lockAudit(Sql sql);

  /** Whether nobody but this process writes, so that what it wrote it need not read again. */
  abstract boolean hasOneWriter();

  HikariConfig pool(String jdbcUrl, boolean readOnly, int connections) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(connect(jdbcUrl, readOnly));
    config.setReadOnly(readOnly);
    config.setMaximumPoolSize(connections);
    if (this == SQLITE) {
      config.setMaxLifetime(0); // a file's connection does not age, and its statements are kept
    }
    config.setPoolName(readOnly ? "store-readers" : "store-writer");
    return config;
  }
}
