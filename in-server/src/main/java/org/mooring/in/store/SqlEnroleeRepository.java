// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.Enrolee.Standing;
import org.mooring.in.mef.EnroleeRepository;
import org.mooring.in.mef.FactoryCredential;
import org.mooring.in.mef.FactoryKey;
import org.mooring.in.mef.Registrar;

final class SqlEnroleeRepository implements EnroleeRepository {
  private static final String COMPROMISED = "compromised";
  private static final String RETIRED = "retired";
  private static final String SELECT =
      """
      SELECT id, factory_key, fingerprint, credential_expires_at, node_id, csi, path,
        enrolment_lifetime, subscribed_until, revoked_as, revoked_at, revoked_reason, min_method,
        registrar, registrar_poa, app_id, created_at
      FROM enrolee
      """;

  private final Sql sql;
  private final ClientRecords records;

  SqlEnroleeRepository(Sql sql, ClientRecords records) {
    this.sql = sql;
    this.records = records;
  }

  /**
   * Reads the enrolee with a CSE-ID.
   *
   * @param entity SP-relative
   */
  static Optional<Enrolee> stored(Sql sql, EntityId entity) {
    return by(sql, "csi", entity.value());
  }

  private static Optional<Enrolee> by(Sql sql, String column, String value) {
    return sql.first(SELECT + "WHERE " + column + " = ?", SqlEnroleeRepository::enrolee, value);
  }

  @Override
  public Optional<Enrolee> find(KeyIdentifier id) {
    return records
        .holding(id)
        .filter(record -> record.hasFromFactory(id))
        .flatMap(ClientRecord::enrolee)
        .or(() -> by(sql, "id", id.toString()))
        .or(
            () ->
                sql.first(
                    SELECT + "WHERE csi = (SELECT csi FROM factory_credential WHERE identity = ?)",
                    SqlEnroleeRepository::enrolee,
                    id.toString()));
  }

  @Override
  public Optional<Enrolee> findByEntity(EntityId entity) {
    return stored(sql, entity);
  }

  @Override
  public Optional<Enrolee> ofClient(EntityId client) {
    return records.ofClient(client).enrolee().or(() -> findByEntity(client.spRelative()));
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
          path, enrolment_lifetime, subscribed_until, awaits_end, created_at, min_method,
          registrar, registrar_poa, app_id, revoked_as, revoked_at, revoked_reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        enrolee.id().toString(),
        enrolee.factoryKey().text(),
        enrolee.fingerprint(),
        enrolee.credentialExpiresAt().toEpochMilli(),
        enrolee.nodeId().value(),
        enrolee.entity().value(),
        enrolee.path().text(),
        enrolee.enrolmentLifetime().toMillis(),
        enrolee.subscribedUntil().toEpochMilli(),
        awaitsEnd(enrolee.subscribedUntil()),
        enrolee.createdAt().toEpochMilli(),
        enrolee.minMethod().map(EnrolmentMethod::text).orElse(null),
        enrolee.registrar().map(registrar -> registrar.cse().value()).orElse(null),
        enrolee.registrar().flatMap(Registrar::accessPoint).orElse(null),
        enrolee.application().map(AppId::value).orElse(null),
        revocation.as(),
        revocation.at(),
        revocation.reason());
  }

  @Override
  public void setStanding(KeyIdentifier id, Standing standing) {
    Revocation revocation = Revocation.of(standing);
    sql.run(
        "UPDATE enrolee SET revoked_as = ?, revoked_at = ?, revoked_reason = ? WHERE id = ?",
        revocation.as(),
        revocation.at(),
        revocation.reason(),
        id.toString());
    change(id, enrolee -> enrolee.withStanding(standing));
  }

  @Override
  public void setSubscriptionEnd(KeyIdentifier id, Instant end) {
    sql.run(
        "UPDATE enrolee SET subscribed_until = ?, awaits_end = ? WHERE id = ?",
        end.toEpochMilli(),
        awaitsEnd(end),
        id.toString());
    change(id, enrolee -> enrolee.withSubscriptionUntil(end));
  }

  @Override
  public void setMinMethod(KeyIdentifier id, Optional<EnrolmentMethod> least) {
    sql.run(
        "UPDATE enrolee SET min_method = ? WHERE id = ?",
        least.map(EnrolmentMethod::text).orElse(null),
        id.toString());
    change(id, enrolee -> enrolee.withMinMethod(least));
  }

  /** One look into the index for each that there is, however many have it. */
  @Override
  public Set<EnrolmentMethod> minMethods() {
    return Stream.of(EnrolmentMethod.values())
        .filter(
            method ->
                sql.first(
                        "SELECT id FROM enrolee WHERE min_method = ? LIMIT 1",
                        Row::text,
                        method.text())
                    .isPresent())
        .collect(Collectors.toSet());
  }

  private void change(KeyIdentifier id, UnaryOperator<Enrolee> change) {
    records.change(
        id,
        record ->
            record.enrolee().map(enrolee -> record.with(change.apply(enrolee))).orElse(record));
  }

  private static int awaitsEnd(Instant end) {
    return end.isBefore(M2mTimestamp.NEVER) ? 1 : 0;
  }

  @Override
  public void noteEndRecorded(KeyIdentifier id) {
    sql.run("UPDATE enrolee SET awaits_end = 0 WHERE id = ?", id.toString());
  }

  @Override
  public List<Enrolee> endedBefore(Instant time, int limit) {
    return sql.all(
        SELECT + "WHERE subscribed_until <= ? AND awaits_end = 1 ORDER BY subscribed_until LIMIT ?",
        SqlEnroleeRepository::enrolee,
        time.toEpochMilli(),
        limit);
  }

  @Override
  public void setFirst(KeyIdentifier id, Enrolee renewed) {
    sql.run(
        """
        UPDATE enrolee SET id = ?, factory_key = ?, fingerprint = ?, credential_expires_at = ?
        WHERE id = ?
        """,
        renewed.id().toString(),
        renewed.factoryKey().text(),
        renewed.fingerprint(),
        renewed.credentialExpiresAt().toEpochMilli(),
        id.toString());
    records.change(id, record -> record.with(renewed));
  }

  @Override
  public List<FactoryCredential> further(EntityId entity) {
    return sql.all(
        """
        SELECT identity, factory_key, fingerprint, expires_at, added_at FROM factory_credential
        WHERE csi = ? ORDER BY added_at, identity
        """,
        row ->
            new FactoryCredential(
                KeyIdentifier.parse(row.text()),
                FactoryKey.of(row.text()).orElseThrow(),
                row.text(),
                row.time(),
                row.time()),
        entity.value());
  }

  @Override
  public void addFurther(EntityId entity, FactoryCredential credential) {
    sql.run(
        """
        INSERT INTO factory_credential
          (identity, csi, factory_key, fingerprint, expires_at, added_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        credential.id().toString(),
        entity.value(),
        credential.factoryKey().text(),
        credential.fingerprint(),
        credential.expiresAt().toEpochMilli(),
        credential.addedAt().toEpochMilli());
  }

  @Override
  public void removeFurther(EntityId entity, KeyIdentifier id) {
    sql.run(
        "DELETE FROM factory_credential WHERE identity = ? AND csi = ?",
        id.toString(),
        entity.value());
  }

  @Override
  public List<AeId> sharing(EntityId entity) {
    return sql.all(
        "SELECT ae_id FROM sharing_ae WHERE csi = ? ORDER BY ae_id",
        row -> new AeId(row.text()),
        entity.value());
  }

  @Override
  public Optional<EntityId> sharedBy(AeId ae) {
    return sql.first(
        "SELECT csi FROM sharing_ae WHERE ae_id = ?", row -> EntityId.of(row.text()), ae.value());
  }

  @Override
  public void addSharing(EntityId entity, AeId ae) {
    sql.run("INSERT INTO sharing_ae (ae_id, csi) VALUES (?, ?)", ae.value(), entity.value());
  }

  @Override
  public List<Enrolee> page(String after, int limit) {
    return sql.all(
        SELECT + "WHERE id > ? ORDER BY id LIMIT ?", SqlEnroleeRepository::enrolee, after, limit);
  }

  /** The columns of a standing: all, or none. */
  private record Revocation(@Nullable String as, @Nullable Long at, @Nullable String reason) {
    static Revocation of(Standing standing) {
      if (standing instanceof Standing.Revoked revoked) {
        return new Revocation(COMPROMISED, revoked.at().toEpochMilli(), revoked.reason());
      }
      return standing instanceof Standing.Retired retired
          ? new Revocation(RETIRED, retired.at().toEpochMilli(), retired.reason())
          : new Revocation(null, null, null);
    }
  }

  private static Enrolee enrolee(Row row) throws SQLException {
    return new Enrolee(
        KeyIdentifier.parse(row.text()),
        FactoryKey.of(row.text()).orElseThrow(),
        row.text(),
        row.time(),
        new NodeId(row.text()),
        EntityId.of(row.text()),
        EnrolmentPath.of(row.text()).orElseThrow(),
        Duration.ofMillis(row.number()),
        row.time(),
        standing(row),
        Optional.ofNullable(row.optionalText()).flatMap(EnrolmentMethod::of),
        registrar(row.optionalText(), row.optionalText()),
        Optional.ofNullable(row.optionalText()).map(AppId::new),
        row.time());
  }

  private static Optional<Registrar> registrar(@Nullable String cse, @Nullable String accessPoint) {
    return Optional.ofNullable(cse)
        .map(id -> new Registrar(new CseId(id), Optional.ofNullable(accessPoint)));
  }

  private static Standing standing(Row row) throws SQLException {
    @Nullable String as = row.optionalText();
    if (as == null) {
      row.skip(2);
      return new Standing.Active();
    }
    Instant at = row.time();
    String reason = row.text();
    return as.equals(RETIRED) ? new Standing.Retired(at, reason) : new Standing.Revoked(at, reason);
  }
}
