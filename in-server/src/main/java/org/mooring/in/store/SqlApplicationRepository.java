// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AppId;
import org.mooring.in.app.Application;
import org.mooring.in.app.ApplicationRepository;
import org.mooring.in.app.Standing;

final class SqlApplicationRepository implements ApplicationRepository {
  private static final String SELECT =
      "SELECT app_id, revoked_at, revoked_reason, created_at FROM application ";

  private final Sql sql;

  SqlApplicationRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Optional<Application> find(AppId id) {
    return sql.first(
        SELECT + "WHERE app_id = ?", SqlApplicationRepository::application, id.value());
  }

  @Override
  public void add(Application application) {
    sql.run(
        "INSERT INTO application (app_id, created_at) VALUES (?, ?)",
        application.id().value(),
        application.registeredAt().toEpochMilli());
  }

  @Override
  public void revoke(AppId id, Standing.Revoked revoked) {
    sql.run(
        "UPDATE application SET revoked_at = ?, revoked_reason = ? WHERE app_id = ?",
        revoked.at().toEpochMilli(),
        revoked.reason(),
        id.value());
  }

  @Override
  public List<Application> page(String after, int limit) {
    return sql.all(
        SELECT + "WHERE app_id > ? ORDER BY app_id LIMIT ?",
        SqlApplicationRepository::application,
        after,
        limit);
  }

  private static Application application(Row row) throws SQLException {
    return new Application(new AppId(row.text()), RevocationColumns.read(row), row.time());
  }
}
