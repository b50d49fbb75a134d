// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.trust.ClientRegistration;
import org.mooring.in.trust.ClientRegistrationRepository;

final class JdbiClientRegistrationRepository implements ClientRegistrationRepository {
  private final Handle handle;

  JdbiClientRegistrationRepository(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<ClientRegistration> find(FunctionRole function, String id) {
    return handle
        .createQuery("SELECT * FROM client_registration WHERE function = :function AND ri = :ri")
        .bind("function", function.text())
        .bind("ri", id)
        .map((row, context) -> registration(row))
        .findOne();
  }

  @Override
  public Optional<ClientRegistration> find(FunctionRole function, CseId client, Fqdn adminFqdn) {
    return handle
        .createQuery(
            """
            SELECT * FROM client_registration
            WHERE function = :function AND client = :client AND admin_fqdn = :admin
            """)
        .bind("function", function.text())
        .bind("client", client.value())
        .bind("admin", adminFqdn.value())
        .map((row, context) -> registration(row))
        .findOne();
  }

  @Override
  public void add(ClientRegistration registration) {
    handle
        .createUpdate(
            """
            INSERT INTO client_registration (function, ri, client, admin_fqdn, labels, expires_at,
              created_at, modified_at)
            VALUES (:function, :ri, :client, :admin, :labels, :expires, :created, :modified)
            """)
        .bind("function", registration.function().text())
        .bind("ri", registration.id())
        .bind("client", registration.client().value())
        .bind("admin", registration.adminFqdn().value())
        .bind("labels", SpaceJoined.join(registration.labels()))
        .bind("expires", registration.expiresAt().toEpochMilli())
        .bind("created", registration.createdAt().toEpochMilli())
        .bind("modified", registration.modifiedAt().toEpochMilli())
        .execute();
  }

  @Override
  public void update(ClientRegistration registration) {
    handle
        .createUpdate(
            """
            UPDATE client_registration
            SET labels = :labels, expires_at = :expires, modified_at = :modified
            WHERE function = :function AND ri = :ri
            """)
        .bind("function", registration.function().text())
        .bind("ri", registration.id())
        .bind("labels", SpaceJoined.join(registration.labels()))
        .bind("expires", registration.expiresAt().toEpochMilli())
        .bind("modified", registration.modifiedAt().toEpochMilli())
        .execute();
  }

  @Override
  public void remove(FunctionRole function, String id) {
    handle
        .createUpdate("DELETE FROM client_registration WHERE function = :function AND ri = :ri")
        .bind("function", function.text())
        .bind("ri", id)
        .execute();
  }

  @Override
  public List<ClientRegistration> ofClient(CseId client) {
    return handle
        .createQuery(
            """
            SELECT * FROM client_registration
            WHERE function IN ('mef', 'maf') AND client = :client ORDER BY created_at, ri
            """)
        .bind("client", client.value())
        .map((row, context) -> registration(row))
        .list();
  }

  @Override
  public List<ClientRegistration> endedBefore(FunctionRole function, Instant time, int limit) {
    return handle
        .createQuery(
            """
            SELECT * FROM client_registration
            WHERE function = :function AND expires_at <= :time ORDER BY expires_at LIMIT :limit
            """)
        .bind("function", function.text())
        .bind("time", time.toEpochMilli())
        .bind("limit", limit)
        .map((row, context) -> registration(row))
        .list();
  }

  private static ClientRegistration registration(ResultSet row) throws SQLException {
    return new ClientRegistration(
        FunctionRole.valueOf(row.getString("function").toUpperCase(Locale.ROOT)),
        row.getString("ri"),
        new CseId(row.getString("client")),
        new Fqdn(row.getString("admin_fqdn")),
        SpaceJoined.split(row.getString("labels")),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("modified_at")));
  }
}
