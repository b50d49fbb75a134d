// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Binds a database to its key-encryption key by a known text sealed in {@code setting}, so that a
 * lost or exchanged key file shows at start and not at the first handshake.
 */
final class KeyCheck {
  private static final String SETTING = "key_check";
  private static final String ROW = "setting.value/" + SETTING;
  private static final byte[] KNOWN = "mooring store".getBytes(StandardCharsets.US_ASCII);

  private KeyCheck() {}

  /**
   * @throws StoreException if the file is missing though the database has sealed secrets, or its
   *     key is another one
   */
  static SecretSealer unlock(Database database, KeyFile file) {
    try (Session session = database.openWriter()) {
      Sql sql = session.sql();
      Optional<String> check = find(sql);
      if (check.isPresent() && !file.exists()) {
        throw new StoreException(
            "the key file " + file + " is missing: put back the one made with this database");
      }
      SecretSealer sealer = new SecretSealer(file.exists() ? file.read() : file.create());
      if (check.isEmpty()) {
        insert(sql, sealer);
      }
      verify(sealer, find(sql).orElseThrow(), file);
      return sealer;
    }
  }

  private static Optional<String> find(Sql sql) {
    return sql.first("SELECT value FROM setting WHERE name = ?", Row::text, SETTING);
  }

  /** Another server on the same new database may be first; then its key counts. */
  private static void insert(Sql sql, SecretSealer sealer) {
    sql.run(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        SETTING,
        Base64.getEncoder().encodeToString(sealer.sealOctets(KNOWN, ROW)));
  }

  private static void verify(SecretSealer sealer, String check, KeyFile file) {
    try {
      sealer.openOctets(Base64.getDecoder().decode(check), ROW);
    } catch (StoreException e) {
      throw new StoreException(
          "the key file " + file + " does not belong to this database: use the one made with it",
          e);
    }
  }
}
