// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.trust.KeyRegistration;
import org.mooring.in.trust.KeyRegistrationRepository;

final class JdbiKeyRegistrationRepository implements KeyRegistrationRepository {
  /** Leaves a tombstone of the registration with the identity, if there is one. */
  static final String REMOVE =
      "UPDATE key_registration SET sealed_key = NULL, removed = 1 WHERE identity = :identity";

  private final Handle handle;
  private final SecretSealer sealer;

  JdbiKeyRegistrationRepository(Handle handle, SecretSealer sealer) {
    this.handle = handle;
    this.sealer = sealer;
  }

  @Override
  public Optional<KeyRegistration> find(KeyIdentifier identity) {
    return handle
        .createQuery("SELECT * FROM key_registration WHERE identity = :identity")
        .bind("identity", identity.toString())
        .map((row, context) -> registration(row))
        .findOne();
  }

  @Override
  public void add(KeyRegistration registration, SecretKeyBytes key) {
    handle
        .createUpdate(
            """
            INSERT INTO key_registration (identity, issuer, client, admin_fqdn, suid, target_ids,
              labels, parent, sealed_key, removed, expires_at, created_at, modified_at)
            VALUES (:identity, :issuer, :client, :admin, :suid, :targets,
              :labels, :parent, :key, 0, :expires, :created, :modified)
            """)
        .bind("identity", registration.identity().toString())
        .bind("issuer", registration.identity().issuer().value())
        .bind("client", registration.client().value())
        .bind("admin", registration.adminFqdn().value())
        .bind("suid", registration.usage().suid())
        .bind("targets", SpaceJoined.join(registration.targets()))
        .bind("labels", SpaceJoined.join(registration.labels()))
        .bind("parent", registration.parent().toString())
        .bind("key", sealer.seal(key, rowIdentity(registration.identity())))
        .bind("expires", registration.expiresAt().toEpochMilli())
        .bind("created", registration.createdAt().toEpochMilli())
        .bind("modified", registration.modifiedAt().toEpochMilli())
        .execute();
  }

  @Override
  public Optional<SecretKeyBytes> key(KeyIdentifier identity) {
    return handle
        .createQuery(
            """
            SELECT sealed_key FROM key_registration WHERE identity = :identity AND removed = 0
            """)
        .bind("identity", identity.toString())
        .mapTo(byte[].class)
        .findOne()
        .map(octets -> sealer.open(octets, rowIdentity(identity)));
  }

  @Override
  public void update(KeyRegistration registration) {
    handle
        .createUpdate(
            """
            UPDATE key_registration
            SET target_ids = :targets, labels = :labels, expires_at = :expires,
              modified_at = :modified
            WHERE identity = :identity
            """)
        .bind("targets", SpaceJoined.join(registration.targets()))
        .bind("labels", SpaceJoined.join(registration.labels()))
        .bind("expires", registration.expiresAt().toEpochMilli())
        .bind("modified", registration.modifiedAt().toEpochMilli())
        .bind("identity", registration.identity().toString())
        .execute();
  }

  @Override
  public void remove(KeyIdentifier identity) {
    handle.createUpdate(REMOVE).bind("identity", identity.toString()).execute();
  }

  @Override
  public int countLive(CseId client, Fqdn function, Instant now) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) FROM key_registration k
            WHERE client = :client AND issuer = :issuer AND removed = 0 AND expires_at > :now
              AND NOT EXISTS (SELECT 1 FROM credential c
                WHERE c.identity = k.identity AND c.status = 'superseded')
            """)
        .bind("client", client.value())
        .bind("issuer", function.value())
        .bind("now", now.toEpochMilli())
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public List<KeyRegistration> ofClient(CseId client) {
    return handle
        .createQuery(
            """
            SELECT * FROM key_registration WHERE client = :client AND removed = 0
            ORDER BY created_at, identity
            """)
        .bind("client", client.value())
        .map((row, context) -> registration(row))
        .list();
  }

  @Override
  public List<KeyRegistration> endedBefore(Fqdn function, Instant time, int limit) {
    return handle
        .createQuery(
            """
            SELECT * FROM key_registration
            WHERE issuer = :issuer AND removed = 0 AND expires_at <= :time
            ORDER BY expires_at LIMIT :limit
            """)
        .bind("issuer", function.value())
        .bind("time", time.toEpochMilli())
        .bind("limit", limit)
        .map((row, context) -> registration(row))
        .list();
  }

  private static KeyRegistration registration(ResultSet row) throws SQLException {
    return new KeyRegistration(
        KeyIdentifier.parse(row.getString("identity")),
        new CseId(row.getString("client")),
        new Fqdn(row.getString("admin_fqdn")),
        KeyUsage.of(row.getInt("suid")).orElseThrow(),
        SpaceJoined.split(row.getString("target_ids")),
        SpaceJoined.split(row.getString("labels")),
        KeyIdentifier.parse(row.getString("parent")),
        row.getInt("removed") == 1,
        Instant.ofEpochMilli(row.getLong("expires_at")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("modified_at")));
  }

  private static String rowIdentity(KeyIdentifier identity) {
    return "key_registration.sealed_key/" + identity;
  }
}
