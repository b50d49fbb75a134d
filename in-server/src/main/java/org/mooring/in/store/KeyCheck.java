// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

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
    try (Handle handle = database.openWriter()) {
      Optional<String> check = find(handle);
      if (check.isPresent() && !file.exists()) {
        throw new StoreException(
            "the key file " + file + " is missing: put back the one made with this database");
      }
      SecretSealer sealer = new SecretSealer(file.exists() ? file.read() : file.create());
      if (check.isEmpty()) {
        insert(handle, sealer);
      }
      verify(sealer, find(handle).orElseThrow(), file);
      return sealer;
    }
  }

  private static Optional<String> find(Handle handle) {
    return handle
        .createQuery("SELECT value FROM setting WHERE name = :name")
        .bind("name", SETTING)
        .mapTo(String.class)
        .findOne();
  }

  /** Another server on the same new database may be first; then its key counts. */
  private static void insert(Handle handle, SecretSealer sealer) {
    handle
        .createUpdate(
            """
            INSERT INTO setting (name, value) VALUES (:name, :value)
            ON CONFLICT (name) DO NOTHING
            """)
        .bind("name", SETTING)
        .bind("value", Base64.getEncoder().encodeToString(sealer.sealOctets(KNOWN, ROW)))
        .execute();
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
