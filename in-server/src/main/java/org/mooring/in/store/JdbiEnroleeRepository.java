// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.Enrolee.Standing;
import org.mooring.in.mef.EnroleeRepository;

final class JdbiEnroleeRepository implements EnroleeRepository {
  private final Handle handle;

  JdbiEnroleeRepository(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<Enrolee> find(KeyIdentifier kpmId) {
    return findBy("kpm_id", kpmId.toString());
  }

  @Override
  public Optional<Enrolee> findByCse(CseId cseId) {
    return findBy("csi", cseId.value());
  }

  @Override
  public Optional<Enrolee> findByNode(NodeId nodeId) {
    return findBy("node_id", nodeId.value());
  }

  private Optional<Enrolee> findBy(String column, String value) {
    return handle
        .createQuery("SELECT * FROM enrolee WHERE " + column + " = :value")
        .bind("value", value)
        .map((row, context) -> enrolee(row))
        .findOne();
  }

  @Override
  public void add(Enrolee enrolee) {
    handle
        .createUpdate(
            """
            INSERT INTO enrolee (kpm_id, kpm_fingerprint, kpm_expires_at, node_id, csi, path,
              enrolment_lifetime, created_at)
            VALUES (:kpmId, :fingerprint, :kpmExpires, :nodeId, :csi, :path,
              :lifetime, :created)
            """)
        .bind("kpmId", enrolee.kpmId().toString())
        .bind("fingerprint", enrolee.kpmFingerprint())
        .bind("kpmExpires", enrolee.kpmExpiresAt().toEpochMilli())
        .bind("nodeId", enrolee.nodeId().value())
        .bind("csi", enrolee.cseId().value())
        .bind("path", enrolee.path().text())
        .bind("lifetime", enrolee.enrolmentLifetime().toMillis())
        .bind("created", enrolee.createdAt().toEpochMilli())
        .execute();
    setStanding(enrolee.kpmId(), enrolee.standing());
  }

  @Override
  public void setStanding(KeyIdentifier kpmId, Standing standing) {
    @Nullable Long revokedAt = null;
    @Nullable String reason = null;
    if (standing instanceof Standing.Revoked revoked) {
      revokedAt = revoked.at().toEpochMilli();
      reason = revoked.reason();
    }
    handle
        .createUpdate(
            """
            UPDATE enrolee SET revoked_at = :revokedAt, revoked_reason = :reason
            WHERE kpm_id = :kpmId
            """)
        .bind("revokedAt", revokedAt)
        .bind("reason", reason)
        .bind("kpmId", kpmId.toString())
        .execute();
  }

  @Override
  public List<Enrolee> page(String after, int limit) {
    return handle
        .createQuery("SELECT * FROM enrolee WHERE kpm_id > :after ORDER BY kpm_id LIMIT :limit")
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> enrolee(row))
        .list();
  }

  private static Enrolee enrolee(ResultSet row) throws SQLException {
    return new Enrolee(
        KeyIdentifier.parse(row.getString("kpm_id")),
        row.getString("kpm_fingerprint"),
        Instant.ofEpochMilli(row.getLong("kpm_expires_at")),
        new NodeId(row.getString("node_id")),
        new CseId(row.getString("csi")),
        EnrolmentPath.of(row.getString("path")).orElseThrow(),
        Duration.ofMillis(row.getLong("enrolment_lifetime")),
        standing(row),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }

  private static Standing standing(ResultSet row) throws SQLException {
    @Nullable String reason = row.getString("revoked_reason");
    return reason == null
        ? new Standing.Active()
        : new Standing.Revoked(Instant.ofEpochMilli(row.getLong("revoked_at")), reason);
  }
}
