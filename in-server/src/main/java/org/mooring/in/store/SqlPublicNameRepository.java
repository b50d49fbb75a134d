// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.CseId;
import org.mooring.common.resource.CseResources;
import org.mooring.in.dns.PublicName;
import org.mooring.in.dns.PublicNameRepository;

/**
 * A change of a row changes when it is due, so that shows whether it changed since it was taken.
 */
final class SqlPublicNameRepository implements PublicNameRepository {
  private final Sql sql;
  private final Instant now;

  SqlPublicNameRepository(Sql sql, Instant now) {
    this.sql = sql;
    this.now = now;
  }

  @Override
  public void offer(CseId cse) {
    sql.run(
        """
        INSERT INTO public_name (csi, wanted, told, due_at) VALUES (?, 1, 0, ?)
        ON CONFLICT (csi) DO UPDATE
        SET wanted = 1, due_at = excluded.due_at, failing_since = NULL, problem = NULL
        """,
        cse.value(),
        now.toEpochMilli());
  }

  @Override
  public void offerRegistered() {
    sql.run(
        """
        INSERT INTO public_name (csi, wanted, told, due_at)
        SELECT r.owner_csi, 1, 0, ? FROM resource r
        WHERE r.pi = (SELECT b.ri FROM resource b WHERE b.pi IS NULL) AND r.ty = ?
          AND r.expires_at > ? AND NOT EXISTS (
            SELECT 1 FROM enrolee e WHERE e.csi = r.owner_csi AND e.revoked_as = 'compromised')
        ON CONFLICT (csi) DO UPDATE
        SET wanted = 1, due_at = excluded.due_at, failing_since = NULL, problem = NULL
        WHERE public_name.wanted = 0
        """,
        now.toEpochMilli(),
        CseResources.REMOTE_CSE.code(),
        now.toEpochMilli());
  }

  @Override
  public void withdraw(CseId cse) {
    sql.run("DELETE FROM public_name WHERE csi = ? AND told = 0", cse.value());
    sql.run(
        """
        UPDATE public_name SET wanted = 0, due_at = ?, failing_since = NULL, problem = NULL
        WHERE csi = ? AND wanted = 1
        """,
        now.toEpochMilli(),
        cse.value());
  }

  @Override
  public List<PublicName> take(int limit, Instant until) {
    List<PublicName> due = new ArrayList<>(due(0, 1, limit, until));
    due.addAll(due(1, 0, limit - due.size(), until));
    due.addAll(due(1, 1, limit - due.size(), until));
    for (PublicName name : due) {
      sql.run(
          "UPDATE public_name SET told = 1, due_at = ? WHERE csi = ?",
          until.toEpochMilli(),
          name.cse().value());
    }
    return due;
  }

  /** A name that is not wanted was told, or it would be forgotten. */
  private List<PublicName> due(int wanted, int told, int limit, Instant until) {
    return sql.all(
        """
        SELECT csi, wanted, problem, failing_since FROM public_name
        WHERE wanted = ? AND told = ? AND due_at <= ? ORDER BY due_at LIMIT ?
        """,
        row -> name(row, until),
        wanted,
        told,
        now.toEpochMilli(),
        limit);
  }

  @Override
  public void settle(PublicName taken, Instant again) {
    if (taken.isWanted()) {
      sql.run(
          """
          UPDATE public_name SET due_at = ?, failing_since = NULL, problem = NULL
          WHERE csi = ? AND due_at = ?
          """,
          again.toEpochMilli(),
          taken.cse().value(),
          taken.takenUntil().toEpochMilli());
      requireKnown(taken);
    } else {
      sql.run(
          "DELETE FROM public_name WHERE csi = ? AND due_at = ?",
          taken.cse().value(),
          taken.takenUntil().toEpochMilli());
    }
  }

  @Override
  public void fail(PublicName taken, String problem, Instant again) {
    sql.run(
        """
        UPDATE public_name
        SET due_at = ?, failing_since = COALESCE(failing_since, ?), problem = ?
        WHERE csi = ? AND due_at = ?
        """,
        again.toEpochMilli(),
        now.toEpochMilli(),
        problem,
        taken.cse().value(),
        taken.takenUntil().toEpochMilli());
    requireKnown(taken);
  }

  @Override
  public void putBack(PublicName taken, Instant due) {
    sql.run(
        "UPDATE public_name SET due_at = ? WHERE csi = ? AND due_at = ?",
        due.toEpochMilli(),
        taken.cse().value(),
        taken.takenUntil().toEpochMilli());
    requireKnown(taken);
  }

  /**
   * Another server may have had the name withdrawn and forgotten while this one was at it: then it
   * is withdrawn once more, for it may have been published in between.
   */
  private void requireKnown(PublicName taken) {
    if (taken.isWanted()) {
      sql.run(
          """
          INSERT INTO public_name (csi, wanted, told, due_at) VALUES (?, 0, 1, ?)
          ON CONFLICT (csi) DO NOTHING
          """,
          taken.cse().value(),
          now.toEpochMilli());
    }
  }

  @Override
  public void repeatAll() {
    sql.run(
        "UPDATE public_name SET due_at = ? WHERE due_at > ?",
        now.toEpochMilli(),
        now.toEpochMilli());
  }

  @Override
  public Backlog backlog() {
    return new Backlog(
        count("SELECT COUNT(*) FROM public_name WHERE due_at <= ?", now.toEpochMilli()),
        count("SELECT COUNT(*) FROM public_name WHERE failing_since >= ?", 0L));
  }

  private long count(String query, long parameter) {
    return sql.first(query, Row::number, parameter).orElseThrow();
  }

  private static PublicName name(Row row, Instant until) throws SQLException {
    CseId cse = new CseId(row.text());
    boolean isWanted = row.number() == 1;
    @Nullable String problem = row.optionalText();
    Instant since = row.time();
    return new PublicName(
        cse,
        isWanted,
        until,
        problem == null ? Optional.empty() : Optional.of(new PublicName.Failure(since, problem)));
  }
}
