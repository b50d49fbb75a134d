// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Credential.Status;
import org.mooring.in.credential.CredentialRepository;
import org.mooring.in.store.ClientRecord.HeldCredential;

final class SqlCredentialRepository implements CredentialRepository {
  private final Sql sql;
  private final ClientRecords records;
  private final SecretSealer sealer;
  private final Instant now;

  SqlCredentialRepository(Sql sql, ClientRecords records, SecretSealer sealer, Instant now) {
    this.sql = sql;
    this.records = records;
    this.sealer = sealer;
    this.now = now;
  }

  @Override
  public Optional<Credential> find(KeyIdentifier identity) {
    return records.credential(identity);
  }

  @Override
  public void add(Credential credential, SecretKeyBytes key) {
    insert(credential, sealer.seal(key, rowIdentity(credential.identity())));
  }

  @Override
  public void add(Credential credential) {
    insert(credential, null);
  }

  private void insert(Credential credential, byte @Nullable [] sealedKey) {
    int added =
        sql.run(
            """
            INSERT INTO credential (identity, client, parent, live, sealed_key, expires_at,
              kept_until, created_at, kind, role, generation, status, removed)
            VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            ON CONFLICT (identity) DO NOTHING
            """,
            credential.identity().toString(),
            credential.client().value(),
            credential.parent().toString(),
            sealedKey,
            credential.expiresAt().toEpochMilli(),
            credential.isRoot() ? credential.expiresAt().toEpochMilli() : null,
            now.toEpochMilli(),
            text(credential.kind()),
            credential.role().text(),
            credential.group(),
            text(credential.status()));
    if (added == 0) {
      throw new IllegalStateException(credential.identity() + " was used before");
    }
    HeldCredential held = new HeldCredential(credential, sealedKey, now);
    records.change(credential.client(), record -> record.with(held));
  }

  @Override
  public Optional<SecretKeyBytes> key(KeyIdentifier identity) {
    return records
        .holding(identity)
        .flatMap(record -> record.credential(identity))
        .flatMap(held -> Optional.ofNullable(held.sealedKey()))
        .map(octets -> sealer.open(octets, rowIdentity(identity)));
  }

  @Override
  public void replaceKey(KeyIdentifier identity, SecretKeyBytes key) {
    byte[] sealed = sealer.seal(key, rowIdentity(identity));
    sql.run(
        """
        UPDATE credential SET sealed_key = ?
        WHERE identity = ? AND kind = 'ks' AND sealed_key IS NOT NULL
        """,
        sealed,
        identity.toString());
    records.change(
        identity,
        record ->
            record.changingCredential(
                identity, held -> isKeptKs(held) ? held.withKey(sealed) : held));
  }

  @Override
  public void renew(Credential credential, SecretKeyBytes key) {
    byte[] sealed = sealer.seal(key, rowIdentity(credential.identity()));
    int renewed =
        sql.run(
            """
            UPDATE credential
            SET status = ?, generation = ?, sealed_key = ?, expires_at = ?, kept_until = ?,
              created_at = ?, removed = 0, live = 1
            WHERE identity = ? AND client = ? AND suid IS NULL AND status <> 'revoked'
            """,
            text(credential.status()),
            credential.group(),
            sealed,
            credential.expiresAt().toEpochMilli(),
            credential.isRoot() ? credential.expiresAt().toEpochMilli() : null,
            now.toEpochMilli(),
            credential.identity().toString(),
            credential.client().value());
    if (renewed > 0) {
      HeldCredential held = new HeldCredential(credential, sealed, now);
      records.change(credential.client(), record -> record.with(held));
    }
  }

  private static boolean isKeptKs(HeldCredential held) {
    return held.credential().kind() == Credential.Kind.KS && held.sealedKey() != null;
  }

  @Override
  public void setStatus(KeyIdentifier identity, Status status) {
    switch (status) {
      case REMOVED -> {
        sql.run(
            """
            UPDATE credential
            SET status = 'removed', generation = '', sealed_key = NULL, removed = 1, live = 0
            WHERE identity = ?
            """,
            identity.toString());
        records.change(identity, record -> record.withoutCredential(identity).withoutKey(identity));
      }
      case REVOKED -> {
        sql.run(
            """
            UPDATE credential SET status = 'revoked', sealed_key = NULL, removed = 1
            WHERE identity = ?
            """,
            identity.toString());
        records.change(
            identity,
            record ->
                record
                    .changingCredential(identity, held -> held.standing(status, null))
                    .withoutKey(identity));
      }
      case PENDING, CURRENT, SUPERSEDED -> {
        sql.run(
            "UPDATE credential SET status = ? WHERE identity = ? AND live = 1",
            text(status),
            identity.toString());
        records.change(
            identity,
            record ->
                record.changingCredential(
                    identity, held -> held.standing(status, held.sealedKey())));
      }
    }
  }

  @Override
  public void setExpiry(KeyIdentifier identity, Instant expiresAt) {
    sql.run(
        "UPDATE credential SET expires_at = ? WHERE identity = ?",
        expiresAt.toEpochMilli(),
        identity.toString());
    records.change(
        identity,
        record ->
            record
                .changingCredential(identity, held -> held.ending(expiresAt))
                .changingKey(identity, held -> held.ending(expiresAt)));
  }

  @Override
  public List<Credential> liveOfGroup(EntityId client, String group) {
    return ofClient(client).stream()
        .filter(c -> c.group().equals(group) && c.status() != Status.REVOKED)
        .toList();
  }

  @Override
  public List<Credential> derivedFrom(KeyIdentifier parent) {
    return find(parent).map(Credential::client).map(this::ofClient).orElse(List.of()).stream()
        .filter(c -> c.parent().equals(parent) && !c.identity().equals(parent))
        .toList();
  }

  @Override
  public List<Credential> applicationKeysOf(KeyIdentifier parent) {
    return where("parent = ? AND kind = 'ka' AND live = 1", parent.toString());
  }

  @Override
  public List<Credential> applicationKeysOn(EntityId node) {
    return where(
        """
        kind = 'ka' AND live = 1 AND identity IN (SELECT ka_id FROM app_key WHERE client = ?)
        """,
        node.value());
  }

  @Override
  public List<Credential> ofClient(EntityId client) {
    return records.ofClient(client).credentials().stream().map(HeldCredential::credential).toList();
  }

  @Override
  public List<Credential> endedBefore(Instant time, int limit) {
    return where(
        """
        COALESCE(kept_until, expires_at) <= ? AND live = 1 AND status <> 'removed'
        ORDER BY COALESCE(kept_until, expires_at) LIMIT ?
        """,
        time.toEpochMilli(),
        limit);
  }

  /** Those of the rows that are credentials. */
  private List<Credential> where(String condition, Object... values) {
    return sql.all(KeyRow.SELECT + "WHERE " + condition, KeyRow::read, values).stream()
        .flatMap(row -> Stream.ofNullable(row.credential()))
        .map(HeldCredential::credential)
        .toList();
  }

  static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String rowIdentity(KeyIdentifier identity) {
    return "credential.sealed_key/" + identity;
  }
}
