// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.credential.Credential;
import org.mooring.in.store.ClientRecord.HeldKey;
import org.mooring.in.trust.KeyRegistration;
import org.mooring.in.trust.KeyRegistrationRepository;

final class SqlKeyRegistrationRepository implements KeyRegistrationRepository {
  private static final String COLUMNS =
      """
      identity, client, admin_fqdn, suid, target_ids, labels, parent, removed, expires_at,
      created_at, modified_at
      """;
  private static final String SELECT = "SELECT " + COLUMNS + " FROM key_registration ";
  private static final String SELECT_HELD =
      "SELECT " + COLUMNS + ", sealed_key FROM key_registration WHERE removed = 0 AND ";

  private final Sql sql;
  private final ClientRecords records;
  private final SecretSealer sealer;

  SqlKeyRegistrationRepository(Sql sql, ClientRecords records, SecretSealer sealer) {
    this.sql = sql;
    this.records = records;
    this.sealer = sealer;
  }

  /** Reads a registration, removed ones included. */
  static Optional<KeyRegistration> stored(Sql sql, KeyIdentifier identity) {
    return sql.first(
        SELECT + "WHERE identity = ?",
        SqlKeyRegistrationRepository::registration,
        identity.toString());
  }

  /** Reads those of a client that are not removed. */
  static List<HeldKey> ofClient(Sql sql, CseId client) {
    return sql.all(
        SELECT_HELD + "client = ?",
        row -> new HeldKey(registration(row), row.octets()),
        client.value());
  }

  /** Leaves a tombstone of the registration with the identity, if there is one. */
  static void remove(Sql sql, KeyIdentifier identity) {
    sql.run(
        "UPDATE key_registration SET sealed_key = NULL, removed = 1 WHERE identity = ?",
        identity.toString());
  }

  @Override
  public Optional<KeyRegistration> find(KeyIdentifier identity) {
    return records.key(identity);
  }

  @Override
  public void add(KeyRegistration registration, SecretKeyBytes key) {
    byte[] sealed = sealer.seal(key, rowIdentity(registration.identity()));
    sql.run(
        """
        INSERT INTO key_registration (identity, issuer, client, admin_fqdn, suid, target_ids,
          labels, parent, sealed_key, removed, expires_at, created_at, modified_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)
        """,
        registration.identity().toString(),
        registration.identity().issuer().value(),
        registration.client().value(),
        registration.adminFqdn().value(),
        registration.usage().suid(),
        SpaceJoined.join(registration.targets()),
        SpaceJoined.join(registration.labels()),
        registration.parent().toString(),
        sealed,
        registration.expiresAt().toEpochMilli(),
        registration.createdAt().toEpochMilli(),
        registration.modifiedAt().toEpochMilli());
    HeldKey held = new HeldKey(registration, sealed);
    records.change(registration.client(), record -> record.with(held));
  }

  @Override
  public Optional<SecretKeyBytes> key(KeyIdentifier identity) {
    return records
        .holding(identity)
        .flatMap(record -> record.key(identity))
        .map(held -> sealer.open(held.sealedKey(), rowIdentity(identity)));
  }

  @Override
  public void update(KeyRegistration registration) {
    sql.run(
        """
        UPDATE key_registration SET target_ids = ?, labels = ?, expires_at = ?, modified_at = ?
        WHERE identity = ?
        """,
        SpaceJoined.join(registration.targets()),
        SpaceJoined.join(registration.labels()),
        registration.expiresAt().toEpochMilli(),
        registration.modifiedAt().toEpochMilli(),
        registration.identity().toString());
    records.change(
        registration.identity(),
        record ->
            record
                .key(registration.identity())
                .map(held -> record.with(new HeldKey(registration, held.sealedKey())))
                .orElse(record));
  }

  @Override
  public void remove(KeyIdentifier identity) {
    remove(sql, identity);
    records.change(identity, record -> record.withoutKey(identity));
  }

  @Override
  public int countLive(CseId client, Fqdn function, Instant now) {
    ClientRecord record = records.ofClient(client);
    return (int)
        record.keys().stream()
            .map(HeldKey::registration)
            .filter(key -> key.identity().issuer().equals(function) && key.isLiveAt(now))
            .filter(key -> !isSuperseded(record, key.identity()))
            .count();
  }

  private static boolean isSuperseded(ClientRecord record, KeyIdentifier identity) {
    return record
        .credential(identity)
        .filter(held -> held.credential().status() == Credential.Status.SUPERSEDED)
        .isPresent();
  }

  @Override
  public List<KeyRegistration> ofClient(CseId client) {
    return records.ofClient(client).keys().stream().map(HeldKey::registration).toList();
  }

  @Override
  public List<KeyRegistration> endedBefore(Fqdn function, Instant time, int limit) {
    return sql.all(
        SELECT
            + """
              WHERE issuer = ? AND removed = 0 AND expires_at <= ? ORDER BY expires_at LIMIT ?
              """,
        SqlKeyRegistrationRepository::registration,
        function.value(),
        time.toEpochMilli(),
        limit);
  }

  private static KeyRegistration registration(Row row) throws SQLException {
    return new KeyRegistration(
        KeyIdentifier.parse(row.text()),
        new CseId(row.text()),
        new Fqdn(row.text()),
        KeyUsage.of(row.number()).orElseThrow(),
        SpaceJoined.split(row.text()),
        SpaceJoined.split(row.text()),
        KeyIdentifier.parse(row.text()),
        row.number() == 1,
        row.time(),
        row.time(),
        row.time());
  }

  private static String rowIdentity(KeyIdentifier identity) {
    return "key_registration.sealed_key/" + identity;
  }
}
