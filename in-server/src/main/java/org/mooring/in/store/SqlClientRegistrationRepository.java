// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.trust.ClientRegistration;
import org.mooring.in.trust.ClientRegistrationRepository;

final class SqlClientRegistrationRepository implements ClientRegistrationRepository {
  private static final String SELECT =
      """
      SELECT function, ri, client, admin_fqdn, labels, expires_at, created_at, modified_at
      FROM client_registration
      """;

  private final Sql sql;
  private final ClientRecords records;

  SqlClientRegistrationRepository(Sql sql, ClientRecords records) {
    this.sql = sql;
    this.records = records;
  }

  /** Reads those of a client. */
  static List<ClientRegistration> ofClient(Sql sql, EntityId client) {
    return sql.all(
        SELECT + "WHERE function IN ('mef', 'maf') AND client = ?",
        SqlClientRegistrationRepository::registration,
        client.value());
  }

  @Override
  public Optional<ClientRegistration> find(FunctionRole function, String id) {
    return sql.first(
        SELECT + "WHERE function = ? AND ri = ?",
        SqlClientRegistrationRepository::registration,
        function.text(),
        id);
  }

  @Override
  public Optional<ClientRegistration> find(FunctionRole function, EntityId client, Fqdn adminFqdn) {
    return records.ofClient(client).registrations().stream()
        .filter(r -> r.function() == function && r.adminFqdn().equals(adminFqdn))
        .findFirst();
  }

  @Override
  public void add(ClientRegistration registration) {
    sql.run(
        """
        INSERT INTO client_registration (function, ri, client, admin_fqdn, labels, expires_at,
          created_at, modified_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        registration.function().text(),
        registration.id(),
        registration.client().value(),
        registration.adminFqdn().value(),
        SpaceJoined.join(registration.labels()),
        registration.expiresAt().toEpochMilli(),
        registration.createdAt().toEpochMilli(),
        registration.modifiedAt().toEpochMilli());
    records.change(registration.client(), record -> record.with(registration));
  }

  @Override
  public void update(ClientRegistration registration) {
    sql.run(
        """
        UPDATE client_registration SET labels = ?, expires_at = ?, modified_at = ?
        WHERE function = ? AND ri = ?
        """,
        SpaceJoined.join(registration.labels()),
        registration.expiresAt().toEpochMilli(),
        registration.modifiedAt().toEpochMilli(),
        registration.function().text(),
        registration.id());
    records.change(registration.client(), record -> record.with(registration));
  }

  @Override
  public void remove(ClientRegistration registration) {
    sql.run(
        "DELETE FROM client_registration WHERE function = ? AND ri = ?",
        registration.function().text(),
        registration.id());
    records.change(registration.client(), record -> record.without(registration));
  }

  @Override
  public List<ClientRegistration> ofClient(EntityId client) {
    return records.ofClient(client).registrations();
  }

  @Override
  public List<ClientRegistration> endedBefore(FunctionRole function, Instant time, int limit) {
    return sql.all(
        SELECT + "WHERE function = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?",
        SqlClientRegistrationRepository::registration,
        function.text(),
        time.toEpochMilli(),
        limit);
  }

  private static ClientRegistration registration(Row row) throws SQLException {
    return new ClientRegistration(
        FunctionRole.valueOf(row.text().toUpperCase(Locale.ROOT)),
        row.text(),
        EntityId.of(row.text()),
        new Fqdn(row.text()),
        SpaceJoined.split(row.text()),
        row.time(),
        row.time(),
        row.time());
  }
}
