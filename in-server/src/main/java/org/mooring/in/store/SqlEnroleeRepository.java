// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.Enrolee.Standing;
import org.mooring.in.mef.EnroleeRepository;
import org.mooring.in.mef.FactoryKey;

final class SqlEnroleeRepository implements EnroleeRepository {
  private static final String SELECT =
      """
      SELECT id, factory_key, fingerprint, credential_expires_at, node_id, csi, path,
        enrolment_lifetime, revoked_at, revoked_reason, created_at
      FROM enrolee
      """;

  private final Sql sql;
  private final ClientRecords records;

  SqlEnroleeRepository(Sql sql, ClientRecords records) {
    this.sql = sql;
    this.records = records;
  }

  /** Reads the enrolee with an id. */
  static Optional<Enrolee> stored(Sql sql, KeyIdentifier id) {
    return by(sql, "id", id.toString());
  }

  private static Optional<Enrolee> by(Sql sql, String column, String value) {
    return sql.first(SELECT + "WHERE " + column + " = ?", SqlEnroleeRepository::enrolee, value);
  }

  @Override
  public Optional<Enrolee> find(KeyIdentifier id) {
    return records
        .holding(id)
        .flatMap(ClientRecord::enrolee)
        .filter(enrolee -> enrolee.id().equals(id))
        .or(() -> stored(sql, id));
  }

  @Override
  public Optional<Enrolee> findByCse(CseId cseId) {
    return by(sql, "csi", cseId.value());
  }

  @Override
  public Optional<Enrolee> findByNode(NodeId nodeId) {
    return by(sql, "node_id", nodeId.value());
  }

  @Override
  public void add(Enrolee enrolee) {
    Revocation revocation = Revocation.of(enrolee.standing());
    sql.run(
        """
        INSERT INTO enrolee (id, factory_key, fingerprint, credential_expires_at, node_id, csi,
          path, enrolment_lifetime, created_at, revoked_at, revoked_reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        enrolee.id().toString(),
        enrolee.factoryKey().text(),
        enrolee.fingerprint(),
        enrolee.credentialExpiresAt().toEpochMilli(),
        enrolee.nodeId().value(),
        enrolee.cseId().value(),
        enrolee.path().text(),
        enrolee.enrolmentLifetime().toMillis(),
        enrolee.createdAt().toEpochMilli(),
        revocation.at(),
        revocation.reason());
  }

  @Override
  public void setStanding(KeyIdentifier id, Standing standing) {
    Revocation revocation = Revocation.of(standing);
    sql.run(
        "UPDATE enrolee SET revoked_at = ?, revoked_reason = ? WHERE id = ?",
        revocation.at(),
        revocation.reason(),
        id.toString());
    records.change(
        id,
        record ->
            record
                .enrolee()
                .map(enrolee -> record.with(enrolee.withStanding(standing)))
                .orElse(record));
  }

  @Override
  public List<Enrolee> page(String after, int limit) {
    return sql.all(
        SELECT + "WHERE id > ? ORDER BY id LIMIT ?", SqlEnroleeRepository::enrolee, after, limit);
  }

  /** The columns of a standing: both, or none. */
  private record Revocation(@Nullable Long at, @Nullable String reason) {
    static Revocation of(Standing standing) {
      return standing instanceof Standing.Revoked revoked
          ? new Revocation(revoked.at().toEpochMilli(), revoked.reason())
          : new Revocation(null, null);
    }
  }

  private static Enrolee enrolee(Row row) throws SQLException {
    return new Enrolee(
        KeyIdentifier.parse(row.text()),
        FactoryKey.of(row.text()).orElseThrow(),
        row.text(),
        row.time(),
        new NodeId(row.text()),
        new CseId(row.text()),
        EnrolmentPath.of(row.text()).orElseThrow(),
        Duration.ofMillis(row.number()),
        standing(row),
        row.time());
  }

  private static Standing standing(Row row) throws SQLException {
    Instant at = row.time();
    @Nullable String reason = row.optionalText();
    return reason == null ? new Standing.Active() : new Standing.Revoked(at, reason);
  }
}
