// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.command.CommandDescription;
import org.mooring.common.command.CommandStatus;
import org.mooring.in.command.CommandRepository;
import org.mooring.in.command.QueuedCommand;

/** Commands hold addresses and names, nothing secret, and stand unsealed. */
final class SqlCommandRepository implements CommandRepository {
  private static final String SELECT =
      """
      SELECT id, registration, position, description, added_at, expires_at, state, deliveries,
        status, changed_at
      FROM client_command
      """;

  private final Sql sql;

  SqlCommandRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void add(QueuedCommand command) {
    sql.run(
        """
        INSERT INTO client_command (id, function, registration, position, description, added_at,
          expires_at, state, deliveries, status, changed_at)
        VALUES (?, 'mef', ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        command.id(),
        command.registration(),
        command.position(),
        ContentCodec.writeAttributes(Serialization.CBOR, command.description().toAttributes()),
        command.addedAt().toEpochMilli(),
        command.expiresAt().toEpochMilli(),
        text(command.state()),
        command.deliveries(),
        command.status().code(),
        command.changedAt().toEpochMilli());
  }

  @Override
  public void update(QueuedCommand command) {
    sql.run(
        """
        UPDATE client_command SET state = ?, deliveries = ?, status = ?, changed_at = ?
        WHERE id = ?
        """,
        text(command.state()),
        command.deliveries(),
        command.status().code(),
        command.changedAt().toEpochMilli(),
        command.id());
  }

  @Override
  public void remove(QueuedCommand command) {
    sql.run("DELETE FROM client_command WHERE id = ?", command.id());
  }

  @Override
  public List<QueuedCommand> ofRegistration(String registration) {
    return sql.all(
        SELECT + "WHERE registration = ? ORDER BY position",
        SqlCommandRepository::command,
        registration);
  }

  @Override
  public Optional<QueuedCommand> firstOpen(String registration, Instant now) {
    return sql.first(
        SELECT
            + """
            WHERE registration = ? AND state IN ('queued', 'issued') AND expires_at > ?
            ORDER BY position LIMIT 1
            """,
        SqlCommandRepository::command,
        registration,
        now.toEpochMilli());
  }

  @Override
  public Optional<QueuedCommand> lastIssued(String registration) {
    return sql.first(
        SELECT + "WHERE registration = ? AND deliveries > 0 ORDER BY position DESC LIMIT 1",
        SqlCommandRepository::command,
        registration);
  }

  private static String text(QueuedCommand.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static QueuedCommand command(Row row) throws SQLException {
    return new QueuedCommand(
        row.text(),
        row.text(),
        row.number(),
        CommandDescription.from(ContentCodec.readAttributes(Serialization.CBOR, row.octets()))
            .orElseThrow(() -> new StoreException("a stored command can not be read")),
        row.time(),
        row.time(),
        QueuedCommand.State.valueOf(row.text().toUpperCase(Locale.ROOT)),
        (int) row.number(),
        CommandStatus.of(row.number())
            .orElseThrow(() -> new StoreException("a stored command's status is unknown")),
        row.time());
  }
}
