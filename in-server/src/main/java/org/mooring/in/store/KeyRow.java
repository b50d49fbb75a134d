// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyUsage;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.store.ClientRecord.HeldCredential;
import org.mooring.in.store.ClientRecord.HeldKey;
import org.mooring.in.trust.KeyRegistration;

/**
 * A row of {@code credential}: one symmetric key.
 *
 * @param client whose it is
 * @param credential none for a key that opens no sessions
 * @param registration none for a key that no client registered
 */
record KeyRow(
    EntityId client,
    @Nullable HeldCredential credential,
    @Nullable KeyRegistration registration,
    byte @Nullable [] sealedKey) {
  static final String SELECT =
      """
      SELECT identity, client, parent, sealed_key, expires_at, created_at,
        kind, role, generation, status,
        suid, admin_fqdn, target_ids, labels, removed, modified_at
      FROM credential
      """;

  /** Reads a key, removed ones included. */
  static Optional<KeyRow> find(Sql sql, KeyIdentifier identity) {
    return sql.first(SELECT + "WHERE identity = ?", KeyRow::read, identity.toString());
  }

  /** Reads those of a client that are no tombstones. */
  static List<KeyRow> ofClient(Sql sql, EntityId client) {
    return sql.all(SELECT + "WHERE client = ? AND live = 1", KeyRow::read, client.value());
  }

  /** Reads those of the client that has a key which is no tombstone. */
  static List<KeyRow> ofHolder(Sql sql, KeyIdentifier identity) {
    return sql.all(
        SELECT
            + """
              WHERE client = (SELECT client FROM credential WHERE identity = ? AND live = 1)
                AND live = 1
              """,
        KeyRow::read,
        identity.toString());
  }

  /** Reads a row of {@link #SELECT}. */
  static KeyRow read(Row row) throws SQLException {
    KeyIdentifier identity = KeyIdentifier.parse(row.text());
    EntityId client = EntityId.of(row.text());
    KeyIdentifier parent = KeyIdentifier.parse(row.text());
    byte @Nullable [] sealedKey = row.optionalOctets();
    Instant expiresAt = row.time();
    Instant createdAt = row.time();
    @Nullable Credential credential = credential(row, identity, client, parent, expiresAt);
    @Nullable KeyRegistration registration =
        registration(row, identity, client, parent, expiresAt, createdAt);
    return new KeyRow(
        client,
        credential == null
            ? null
            : new HeldCredential(credential, registration == null ? sealedKey : null, createdAt),
        registration,
        sealedKey);
  }

  private static @Nullable Credential credential(
      Row row, KeyIdentifier identity, EntityId client, KeyIdentifier parent, Instant expiresAt)
      throws SQLException {
    @Nullable String kind = row.optionalText();
    if (kind == null) {
      row.skip(3);
      return null;
    }
    return new Credential(
        identity,
        Credential.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
        FunctionRole.valueOf(row.text().toUpperCase(Locale.ROOT)),
        client,
        parent,
        row.text(),
        Credential.Status.valueOf(row.text().toUpperCase(Locale.ROOT)),
        expiresAt);
  }

  private static @Nullable KeyRegistration registration(
      Row row,
      KeyIdentifier identity,
      EntityId client,
      KeyIdentifier parent,
      Instant expiresAt,
      Instant createdAt)
      throws SQLException {
    Optional<KeyUsage> usage = KeyUsage.of(row.number());
    if (usage.isEmpty()) {
      return null;
    }
    return new KeyRegistration(
        identity,
        client,
        new Fqdn(row.text()),
        usage.get(),
        SpaceJoined.split(row.text()),
        SpaceJoined.split(row.text()),
        parent,
        row.number() == 1,
        expiresAt,
        createdAt,
        row.time());
  }

  /** The registration with its key, unless it is a tombstone. */
  Optional<HeldKey> heldKey() {
    return Optional.ofNullable(registration)
        .filter(held -> !held.removed())
        .map(held -> new HeldKey(held, Objects.requireNonNull(sealedKey, "sealed_key")));
  }
}
