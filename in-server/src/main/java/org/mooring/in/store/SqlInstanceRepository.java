// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.TokenId;
import org.mooring.in.app.Instance;
import org.mooring.in.app.InstanceName;
import org.mooring.in.app.InstanceRepository;

final class SqlInstanceRepository implements InstanceRepository {
  /** With the time in it, once: a key ends by it. No row of the key's: it is another server's. */
  private static final String SELECT =
      """
      SELECT i.app_id, i.instance_id, i.client, i.token_id, i.ka_id,
        CASE WHEN i.state = 'active' AND (c.removed = 1 OR c.expires_at <= ?) THEN 'ended'
          ELSE i.state END,
        i.since
      FROM app_instance i LEFT JOIN credential c ON c.identity = i.ka_id
      """;

  private static final String COUNT_LIVING =
      """
      SELECT COUNT(*) FROM app_instance i LEFT JOIN credential c ON c.identity = i.ka_id
      WHERE (c.identity IS NULL OR (c.removed = 0 AND c.expires_at > ?))
        AND i.token_id = ? AND i.state = 'active'
      """;

  private static final String OF_NAME = "WHERE app_id = ? AND instance_id = ? AND client = ?";

  private final Sql sql;
  private final long now;

  SqlInstanceRepository(Sql sql, Instant now) {
    this.sql = sql;
    this.now = now.toEpochMilli();
  }

  @Override
  public Optional<Instance> find(InstanceName name) {
    return sql.first(
        SELECT + "WHERE i.app_id = ? AND i.instance_id = ? AND i.client = ?",
        SqlInstanceRepository::instance,
        now,
        name.application().value(),
        name.instance().value(),
        name.node().value());
  }

  @Override
  public Optional<Instance> living(AeId application) {
    return sql.first(
            SELECT + "WHERE i.client = ? AND i.instance_id = ? AND i.state = 'active'",
            SqlInstanceRepository::instance,
            now,
            application.registrar().value(),
            application.stem())
        .filter(instance -> instance.state() == Instance.State.ACTIVE);
  }

  @Override
  public Optional<AppId> applicationOf(AeId ae) {
    return sql.first(
        "SELECT app_id FROM app_instance WHERE client = ? AND instance_id = ?",
        row -> new AppId(row.text()),
        ae.registrar().value(),
        ae.stem());
  }

  @Override
  public Optional<Instance> ofKey(KeyIdentifier kaId) {
    return sql.first(
        SELECT
            + """
            JOIN app_key k
              ON k.app_id = i.app_id AND k.instance_id = i.instance_id AND k.client = i.client
            WHERE k.ka_id = ?
            """,
        SqlInstanceRepository::instance,
        now,
        kaId.toString());
  }

  @Override
  public void put(Instance instance) {
    InstanceName name = instance.name();
    sql.run(
        """
        INSERT INTO app_instance (app_id, instance_id, client, token_id, ka_id, state, since)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (app_id, instance_id, client)
          DO UPDATE SET token_id = excluded.token_id, ka_id = excluded.ka_id,
            state = excluded.state, since = excluded.since
        """,
        name.application().value(),
        name.instance().value(),
        name.node().value(),
        instance.token().toString(),
        instance.kaId().map(KeyIdentifier::toString).orElse(null),
        instance.state().text(),
        instance.since().toEpochMilli());
  }

  @Override
  public void addKey(InstanceName name, KeyIdentifier kaId) {
    sql.run(
        """
        INSERT INTO app_key (ka_id, app_id, instance_id, client, token_id)
        SELECT ?, app_id, instance_id, client, token_id FROM app_instance
        """
            + OF_NAME,
        kaId.toString(),
        name.application().value(),
        name.instance().value(),
        name.node().value());
    set(name, "ka_id", kaId.toString());
  }

  @Override
  public List<KeyIdentifier> keys(InstanceName name) {
    return sql.all(
        """
        SELECT k.ka_id FROM app_key k LEFT JOIN credential c ON c.identity = k.ka_id
        WHERE k.app_id = ? AND k.instance_id = ? AND k.client = ?
          AND (c.status IS NULL OR c.status NOT IN ('revoked', 'removed'))
        """,
        row -> KeyIdentifier.parse(row.text()),
        name.application().value(),
        name.instance().value(),
        name.node().value());
  }

  @Override
  public List<KeyIdentifier> keysUnder(TokenId token, int limit) {
    return sql.all(
        """
        SELECT k.ka_id FROM app_key k JOIN credential c ON c.identity = k.ka_id
        WHERE k.token_id = ? AND c.status NOT IN ('revoked', 'removed') LIMIT ?
        """,
        row -> KeyIdentifier.parse(row.text()),
        token.toString(),
        limit);
  }

  @Override
  public boolean isOfAnother(InstanceName name) {
    return sql.first(
            """
            SELECT COUNT(*) FROM app_instance
            WHERE client = ? AND instance_id = ? AND app_id <> ?
            """,
            row -> row.number() > 0,
            name.node().value(),
            name.instance().value(),
            name.application().value())
        .orElseThrow();
  }

  @Override
  public void setState(InstanceName name, Instance.State state) {
    set(name, "state", state.text());
  }

  private void set(InstanceName name, String column, String value) {
    sql.run(
        "UPDATE app_instance SET " + column + " = ? " + OF_NAME,
        value,
        name.application().value(),
        name.instance().value(),
        name.node().value());
  }

  @Override
  public int countLiving(TokenId token) {
    return sql.first(COUNT_LIVING, row -> (int) row.number(), now, token.toString()).orElseThrow();
  }

  @Override
  public int countLiving(TokenId token, EntityId node) {
    return sql.first(
            COUNT_LIVING + "AND i.client = ?",
            row -> (int) row.number(),
            now,
            token.toString(),
            node.value())
        .orElseThrow();
  }

  @Override
  public List<Instance> notEndedOf(AppId application, int limit) {
    return sql.all(
        SELECT + "WHERE i.app_id = ? AND i.state = 'active' LIMIT ?",
        SqlInstanceRepository::instance,
        now,
        application.value(),
        limit);
  }

  @Override
  public List<Instance> notEndedUnder(TokenId token, int limit) {
    return sql.all(
        SELECT + "WHERE i.token_id = ? AND i.state = 'active' LIMIT ?",
        SqlInstanceRepository::instance,
        now,
        token.toString(),
        limit);
  }

  @Override
  public List<Instance> ofApplication(AppId application, int limit) {
    return sql.all(
        SELECT + "WHERE i.app_id = ? ORDER BY i.instance_id, i.client LIMIT ?",
        SqlInstanceRepository::instance,
        now,
        application.value(),
        limit);
  }

  @Override
  public List<Instance> following(InstanceName last, int limit) {
    return sql.all(
        SELECT
            + """
            WHERE i.app_id = ? AND (i.instance_id, i.client) > (?, ?)
            ORDER BY i.instance_id, i.client LIMIT ?
            """,
        SqlInstanceRepository::instance,
        now,
        last.application().value(),
        last.instance().value(),
        last.node().value(),
        limit);
  }

  private static Instance instance(Row row) throws SQLException {
    return new Instance(
        new InstanceName(
            new AppId(row.text()), new AppInstanceId(row.text()), EntityId.of(row.text())),
        TokenId.parse(row.text()),
        Optional.ofNullable(row.optionalText()).map(KeyIdentifier::parse),
        Instance.State.valueOf(row.text().toUpperCase(Locale.ROOT)),
        row.time());
  }
}
