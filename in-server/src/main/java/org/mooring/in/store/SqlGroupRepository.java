// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.DeviceId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.GroupDevice;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.group.Approval;
import org.mooring.in.group.Device;
import org.mooring.in.group.Device.State;
import org.mooring.in.group.Group;
import org.mooring.in.group.GroupRepository;
import org.mooring.in.mef.Enrolee.Standing;

final class SqlGroupRepository implements GroupRepository {
  private static final String APPROVED = "approved";
  private static final String WAITING = "waiting";
  private static final String DENIED = "denied";
  private static final String CLAIMED = "claimed";

  private static final String SELECT_GROUP =
      """
      SELECT name, fingerprint, approval, claim_limit, claims, waiting, expires_at, path,
        enrolment_lifetime, hook, revoked_at, revoked_reason, created_at
      FROM device_group
      """;
  private static final String SELECT_DEVICE =
      "SELECT group_name, device_id, state, csi, since FROM group_device ";

  private final Sql sql;
  private final SecretSealer sealer;

  SqlGroupRepository(Sql sql, SecretSealer sealer) {
    this.sql = sql;
    this.sealer = sealer;
  }

  @Override
  public Optional<Group> find(GroupName name) {
    return sql.first(SELECT_GROUP + "WHERE name = ?", SqlGroupRepository::group, name.value());
  }

  @Override
  public Optional<SecretKeyBytes> key(GroupName name) {
    return sql.first(
        "SELECT sealed_key FROM device_group WHERE name = ? AND sealed_key IS NOT NULL",
        row -> sealer.open(row.octets(), rowIdentity(name)),
        name.value());
  }

  @Override
  public void add(Group group, SecretKeyBytes key) {
    sql.run(
        """
        INSERT INTO device_group (name, sealed_key, fingerprint, approval, claim_limit, claims,
          waiting, expires_at, path, enrolment_lifetime, hook, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        group.name().value(),
        sealer.seal(key, rowIdentity(group.name())),
        group.fingerprint(),
        group.approval().text(),
        group.claimLimit(),
        group.claims(),
        group.waiting(),
        group.expiresAt().toEpochMilli(),
        group.path().text(),
        group.enrolmentLifetime().toMillis(),
        group.hook().map(URI::toString).orElse(""),
        group.createdAt().toEpochMilli());
  }

  @Override
  public void setBounds(GroupName name, int claimLimit, Instant expiresAt) {
    sql.run(
        "UPDATE device_group SET claim_limit = ?, expires_at = ? WHERE name = ?",
        claimLimit,
        expiresAt.toEpochMilli(),
        name.value());
  }

  @Override
  public void revoke(GroupName name, Standing.Revoked revoked) {
    sql.run(
        """
        UPDATE device_group SET sealed_key = NULL, revoked_at = ?, revoked_reason = ?
        WHERE name = ?
        """,
        revoked.at().toEpochMilli(),
        revoked.reason(),
        name.value());
  }

  @Override
  public List<Group> page(String after, int limit) {
    return sql.all(
        SELECT_GROUP + "WHERE name > ? ORDER BY name LIMIT ?",
        SqlGroupRepository::group,
        after,
        limit);
  }

  @Override
  public boolean takePlace(GroupName name) {
    return sql.run(
            "UPDATE device_group SET claims = claims + 1 WHERE name = ? AND claims < claim_limit",
            name.value())
        == 1;
  }

  @Override
  public boolean takeWaitingPlace(GroupName name) {
    return sql.run(
            """
            UPDATE device_group SET waiting = waiting + 1
            WHERE name = ? AND claims + waiting < claim_limit
            """,
            name.value())
        == 1;
  }

  @Override
  public void giveWaitingPlace(GroupName name) {
    sql.run("UPDATE device_group SET waiting = waiting - 1 WHERE name = ?", name.value());
  }

  @Override
  public Optional<Device> device(GroupDevice id) {
    return sql.first(
        SELECT_DEVICE + "WHERE group_name = ? AND device_id = ?",
        SqlGroupRepository::device,
        id.group().value(),
        id.device().value());
  }

  @Override
  public Optional<Device> deviceOf(EntityId entity) {
    return sql.first(SELECT_DEVICE + "WHERE csi = ?", SqlGroupRepository::device, entity.value());
  }

  @Override
  public void put(Device device) {
    @Nullable String csi =
        device.state() instanceof State.Claimed claimed ? claimed.entity().value() : null;
    sql.run(
        """
        INSERT INTO group_device (group_name, device_id, state, csi, since)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (group_name, device_id)
          DO UPDATE SET state = excluded.state, csi = excluded.csi, since = excluded.since
        """,
        device.id().group().value(),
        device.id().device().value(),
        text(device.state()),
        csi,
        device.since().toEpochMilli());
  }

  @Override
  public List<Device> waiting(GroupName name, String after, int limit) {
    return inState(name, WAITING, after, limit);
  }

  @Override
  public List<Device> claimed(GroupName name, String after, int limit) {
    return inState(name, CLAIMED, after, limit);
  }

  private List<Device> inState(GroupName name, String state, String after, int limit) {
    return sql.all(
        SELECT_DEVICE
            + "WHERE group_name = ? AND state = ? AND device_id > ? ORDER BY device_id LIMIT ?",
        SqlGroupRepository::device,
        name.value(),
        state,
        after,
        limit);
  }

  private static Group group(Row row) throws SQLException {
    return new Group(
        new GroupName(row.text()),
        row.text(),
        Approval.of(row.text()).orElseThrow(),
        (int) row.number(),
        (int) row.number(),
        (int) row.number(),
        row.time(),
        EnrolmentPath.of(row.text()).orElseThrow(),
        Duration.ofMillis(row.number()),
        Optional.of(row.text()).filter(url -> !url.isEmpty()).map(URI::create),
        standing(row),
        row.time());
  }

  /** Reads the two columns of a standing. */
  private static Standing standing(Row row) throws SQLException {
    Instant at = row.time();
    @Nullable String reason = row.optionalText();
    return reason == null ? new Standing.Active() : new Standing.Revoked(at, reason);
  }

  private static Device device(Row row) throws SQLException {
    GroupDevice id = new GroupDevice(new GroupName(row.text()), new DeviceId(row.text()));
    String state = row.text();
    @Nullable String csi = row.optionalText();
    return new Device(id, state(state, csi), row.time());
  }

  private static State state(String text, @Nullable String csi) {
    if (csi != null) {
      return new State.Claimed(EntityId.of(csi));
    }
    return switch (text) {
      case APPROVED -> new State.Approved();
      case WAITING -> new State.Waiting();
      case DENIED -> new State.Denied();
      default -> throw new StoreException("a group's device is in an unknown state");
    };
  }

  private static String text(State state) {
    if (state instanceof State.Claimed) {
      return CLAIMED;
    }
    if (state instanceof State.Waiting) {
      return WAITING;
    }
    return state instanceof State.Approved ? APPROVED : DENIED;
  }

  private static String rowIdentity(GroupName name) {
    return "device_group.sealed_key/" + name;
  }
}
