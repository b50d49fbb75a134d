// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.credential.Credential;
import org.mooring.in.store.ClientRecord.HeldCredential;
import org.mooring.in.store.ClientRecord.HeldKey;
import org.mooring.in.trust.KeyRegistration;
import org.mooring.in.trust.KeyRegistrationRepository;

final class SqlKeyRegistrationRepository implements KeyRegistrationRepository {
  private final Sql sql;
  private final ClientRecords records;
  private final SecretSealer sealer;

  SqlKeyRegistrationRepository(Sql sql, ClientRecords records, SecretSealer sealer) {
    this.sql = sql;
    this.records = records;
    this.sealer = sealer;
  }

  @Override
  public Optional<KeyRegistration> find(KeyIdentifier identity) {
    return records.key(identity);
  }

  @Override
  public boolean add(KeyRegistration registration, SecretKeyBytes key) {
    return added(registration, key, null);
  }

  @Override
  public boolean add(KeyRegistration registration, SecretKeyBytes key, Credential credential) {
    return added(registration, key, credential);
  }

  private boolean added(
      KeyRegistration registration, SecretKeyBytes key, @Nullable Credential credential) {
    HeldKey held =
        new HeldKey(registration, sealer.seal(key, rowIdentity(registration.identity())));
    if (!insert(held, credential)) {
      return false;
    }
    records.change(
        registration.client(), record -> withCredential(record, credential, held).with(held));
    return true;
  }

  private static ClientRecord withCredential(
      ClientRecord record, @Nullable Credential credential, HeldKey held) {
    return credential == null
        ? record
        : record.with(new HeldCredential(credential, null, held.registration().createdAt()));
  }

  private boolean insert(HeldKey held, @Nullable Credential credential) {
    KeyRegistration registration = held.registration();
    int added =
        sql.run(
            """
            INSERT INTO credential (identity, client, parent, live, sealed_key, expires_at,
              created_at, kind, role, generation, status,
              issuer, admin_fqdn, suid, target_ids, labels, removed, modified_at)
            VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
            ON CONFLICT (identity) DO NOTHING
            """,
            registration.identity().toString(),
            registration.client().value(),
            registration.parent().toString(),
            held.sealedKey(),
            registration.expiresAt().toEpochMilli(),
            registration.createdAt().toEpochMilli(),
            credential == null ? null : SqlCredentialRepository.text(credential.kind()),
            credential == null ? null : credential.role().text(),
            credential == null ? null : credential.group(),
            credential == null ? null : SqlCredentialRepository.text(credential.status()),
            registration.identity().issuer().value(),
            registration.adminFqdn().value(),
            registration.usage().suid(),
            SpaceJoined.join(registration.targets()),
            SpaceJoined.join(registration.labels()),
            registration.modifiedAt().toEpochMilli());
    return added == 1;
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
        UPDATE credential SET target_ids = ?, labels = ?, expires_at = ?, modified_at = ?
        WHERE identity = ? AND suid IS NOT NULL
        """,
        SpaceJoined.join(registration.targets()),
        SpaceJoined.join(registration.labels()),
        registration.expiresAt().toEpochMilli(),
        registration.modifiedAt().toEpochMilli(),
        registration.identity().toString());
    records.change(
        registration.identity(),
        record ->
            record.changingKey(
                registration.identity(), held -> new HeldKey(registration, held.sealedKey())));
  }

  @Override
  public void remove(KeyIdentifier identity) {
    sql.run(
        """
        UPDATE credential SET sealed_key = NULL, removed = 1,
          live = CASE WHEN status IS NULL OR status = 'removed' THEN 0 ELSE 1 END
        WHERE identity = ? AND suid IS NOT NULL
        """,
        identity.toString());
    records.change(identity, record -> record.withoutKey(identity));
  }

  @Override
  public int countLive(EntityId client, Fqdn function, Instant now) {
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
  public List<KeyRegistration> ofClient(EntityId client) {
    return records.ofClient(client).keys().stream().map(HeldKey::registration).toList();
  }

  @Override
  public List<KeyRegistration> endedBefore(Fqdn function, Instant time, int limit) {
    return sql
        .all(
            KeyRow.SELECT
                + """
                  WHERE COALESCE(kept_until, expires_at) <= ? AND live = 1 AND issuer = ?
                    AND removed = 0
                  ORDER BY COALESCE(kept_until, expires_at) LIMIT ?
                  """,
            KeyRow::read,
            time.toEpochMilli(),
            function.value(),
            limit)
        .stream()
        .flatMap(row -> row.heldKey().stream())
        .map(HeldKey::registration)
        .toList();
  }

  /** Names a table that is no more: keys that were sealed for it still open. */
  private static String rowIdentity(KeyIdentifier identity) {
    return "key_registration.sealed_key/" + identity;
  }
}
