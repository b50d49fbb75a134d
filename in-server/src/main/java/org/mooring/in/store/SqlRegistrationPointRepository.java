// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.in.cse.RegistrationPoint;
import org.mooring.in.cse.RegistrationPointRepository;

final class SqlRegistrationPointRepository implements RegistrationPointRepository {
  private static final String SELECT = "SELECT ae, association, moved_to FROM registration_point ";

  private final Sql sql;

  SqlRegistrationPointRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Optional<RegistrationPoint> find(AeId ae) {
    return sql.first(SELECT + "WHERE ae = ?", SqlRegistrationPointRepository::point, ae.value());
  }

  @Override
  public List<RegistrationPoint> current(String stem, int limit) {
    return sql.all(
        SELECT + "WHERE stem = ? AND moved_to IS NULL ORDER BY ae LIMIT ?",
        SqlRegistrationPointRepository::point,
        stem,
        limit);
  }

  @Override
  public List<RegistrationPoint> leftFor(AeId next, int limit) {
    return sql.all(
        SELECT + "WHERE stem = ? AND moved_to = ? ORDER BY ae LIMIT ?",
        SqlRegistrationPointRepository::point,
        next.stem(),
        next.value(),
        limit);
  }

  @Override
  public void put(RegistrationPoint point) {
    sql.run(
        """
        INSERT INTO registration_point (ae, stem, association, moved_to)
        VALUES (?, ?, ?, NULLIF(?, ''))
        ON CONFLICT (ae) DO UPDATE
        SET association = excluded.association, moved_to = excluded.moved_to
        """,
        point.ae().value(),
        point.ae().stem(),
        point.association().value(),
        point.movedTo().map(AeId::value).orElse(""));
  }

  @Override
  public void forget(AeId ae) {
    sql.run("DELETE FROM registration_point WHERE ae = ?", ae.value());
  }

  @Override
  public void forgetThrough(CseId association) {
    sql.run("DELETE FROM registration_point WHERE association = ?", association.value());
  }

  private static RegistrationPoint point(Row row) throws SQLException {
    return new RegistrationPoint(
        new AeId(row.text()),
        new CseId(row.text()),
        Optional.ofNullable(row.optionalText()).map(AeId::new));
  }
}
