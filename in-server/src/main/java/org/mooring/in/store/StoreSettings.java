// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.nio.file.Path;

/**
 * Where the store is and how much it takes on.
 *
 * @param directory the data folder, created with mode 0700 if it is new
 * @param jdbcUrl {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql:...}
 * @param keyFile the key-encryption key: 32 octets in a file of mode 0600, created with a new
 *     database
 * @param largestBatch the most units of work in one commit
 * @param queuedWrites how many units of work may wait for a commit before further ones fail
 * @param readers how many reads run at once, each on its own connection
 * @param queuedReads how many reads may wait before further ones fail
 */
public record StoreSettings(
    Path directory,
    String jdbcUrl,
    Path keyFile,
    int largestBatch,
    int queuedWrites,
    int readers,
    int queuedReads) {

  /**
   * @throws IllegalArgumentException if a bound is below one
   */
  public StoreSettings {
    if (Math.min(Math.min(largestBatch, queuedWrites), Math.min(readers, queuedReads)) < 1) {
      throw new IllegalArgumentException("store bounds: give at least one");
    }
  }

  /** SQLite in {@code mooring.db} below the folder, its key in {@code kek.key}. */
  public static StoreSettings in(Path directory) {
    return new StoreSettings(
        directory,
        "jdbc:sqlite:" + directory.resolve("mooring.db"),
        directory.resolve("kek.key"),
        256,
        8192,
        4,
        8192);
  }

  public StoreSettings withJdbcUrl(String url) {
    return new StoreSettings(
        directory, url, keyFile, largestBatch, queuedWrites, readers, queuedReads);
  }

  public StoreSettings withKeyFile(Path file) {
    return new StoreSettings(
        directory, jdbcUrl, file, largestBatch, queuedWrites, readers, queuedReads);
  }

  public StoreSettings withWrites(int largest, int queued) {
    return new StoreSettings(directory, jdbcUrl, keyFile, largest, queued, readers, queuedReads);
  }

  public StoreSettings withReads(int atOnce, int queued) {
    return new StoreSettings(
        directory, jdbcUrl, keyFile, largestBatch, queuedWrites, atOnce, queued);
  }

  /** Without the URL, which may hold a password. */
  @Override
  public String toString() {
    return "StoreSettings[" + directory + "]";
  }
}
