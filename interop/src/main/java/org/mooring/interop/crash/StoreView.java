// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mooring.common.identifier.CseId;

/** Looks into the server's database from outside, beside the server that runs on it. */
final class StoreView implements AutoCloseable {
  /** What no crash may leave behind: each query finds the rows that are wrong. */
  private static final Map<String, String> NEVER = new LinkedHashMap<>();

  static {
    NEVER.put(
        "two current keys in one line",
        "SELECT generation FROM credential WHERE status = 'current' GROUP BY generation"
            + " HAVING count(*) > 1");
    NEVER.put(
        "two pending keys of a kind in one line",
        "SELECT generation FROM credential WHERE status = 'pending' GROUP BY generation, kind"
            + " HAVING count(*) > 1");
    NEVER.put(
        "a key that opens handshakes for a client whose enrolee is revoked or missing",
        "SELECT identity FROM credential c WHERE status IN ('pending', 'current', 'superseded')"
            + " AND NOT EXISTS (SELECT 1 FROM enrolee e WHERE e.revoked_at IS NULL"
            + " AND e.csi = replace(c.client, '//sp.example.org', ''))");
    NEVER.put(
        "a live key whose parent is missing or revoked",
        "SELECT identity FROM credential c WHERE status IN ('pending', 'current', 'superseded')"
            + " AND NOT EXISTS (SELECT 1 FROM credential p WHERE p.identity = c.parent"
            + " AND p.status <> 'revoked')");
    NEVER.put(
        "a key that outlives its parent",
        "SELECT c.identity FROM credential c JOIN credential p ON p.identity = c.parent"
            + " WHERE c.kind <> 'ke' AND c.status IN ('pending', 'current', 'superseded')"
            + " AND c.expires_at > p.expires_at");
    NEVER.put(
        "a live credential without its key",
        "SELECT identity FROM credential WHERE status IN ('pending', 'current', 'superseded')"
            + " AND sealed_key IS NULL");
    NEVER.put(
        "an ended credential that still has its key",
        "SELECT identity FROM credential WHERE status IN ('revoked', 'removed')"
            + " AND sealed_key IS NOT NULL");
    NEVER.put(
        "two <remoteCSE> of one node",
        "SELECT owner_csi FROM resource WHERE ty = 16 GROUP BY owner_csi HAVING count(*) > 1");
    NEVER.put(
        "a resource without its parent",
        "SELECT ri FROM resource r WHERE pi IS NOT NULL"
            + " AND NOT EXISTS (SELECT 1 FROM resource p WHERE p.ri = r.pi)");
  }

  private final Connection connection;

  private StoreView(Connection connection) {
    this.connection = connection;
  }

  static StoreView open(Path data) throws SQLException {
    return new StoreView(DriverManager.getConnection("jdbc:sqlite:" + data.resolve("mooring.db")));
  }

  /**
   * A credential.
   *
   * @param hasYounger whether its client got a later one for the same function, where each has one
   *     line of generations (a removed one names its line no longer)
   */
  record Row(String identity, String parent, String status, Instant expires, boolean hasYounger) {

    boolean ended() {
      return status.equals("revoked") || status.equals("removed");
    }

    boolean opensHandshakes(Instant now) {
      return (status.equals("pending") || status.equals("current")) && now.isBefore(expires);
    }
  }

  Optional<Row> credential(String identity) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT parent, status, expires_at, EXISTS (SELECT 1 FROM credential y"
                + " WHERE y.client = c.client AND y.role = c.role AND y.rowid > c.rowid)"
                + " FROM credential c WHERE identity = ?")) {
      query.setString(1, identity);
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Row(
                    identity,
                    row.getString(1),
                    row.getString(2),
                    Instant.ofEpochMilli(row.getLong(3)),
                    row.getBoolean(4)))
            : Optional.empty();
      }
    }
  }

  /** The registered key that takes the place of a current one of its line with its first use. */
  Optional<String> successorOf(String identity) throws SQLException {
    return first(
        "SELECT y.identity FROM credential c JOIN credential y ON y.client = c.client"
            + " AND y.generation = c.generation AND y.status = 'pending'"
            + " WHERE c.identity = ? AND c.status = 'current'",
        identity);
  }

  /** The identities of keys that the nodes made and that open handshakes now, with their status. */
  Map<String, String> keysThatOpen(Instant now) throws SQLException {
    Map<String, String> keys = new LinkedHashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT identity, status FROM credential WHERE kind IS NOT NULL AND kind <> 'kpm'"
                + " AND status IN ('pending', 'current') AND expires_at > ?")) {
      query.setLong(1, now.toEpochMilli());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          keys.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return keys;
  }

  /** Whether the enrolee is revoked; empty if there is none. */
  Optional<Boolean> isRevoked(String kpmId) throws SQLException {
    return first("SELECT revoked_at IS NOT NULL FROM enrolee WHERE id = ?", kpmId).map("1"::equals);
  }

  /** How many keys of a client open handshakes or keep sessions. */
  int liveKeys(CseId client) throws SQLException {
    return Integer.parseInt(
        first(
                "SELECT count(*) FROM credential WHERE client = '//sp.example.org' || ?"
                    + " AND status IN ('pending', 'current', 'superseded')",
                client.spRelative().value())
            .orElseThrow());
  }

  boolean hasClientRegistration(String function, String id) throws SQLException {
    return first("SELECT 1 FROM client_registration WHERE function = ? AND ri = ?", function, id)
        .isPresent();
  }

  boolean hasRemoteCse(String id) throws SQLException {
    return first("SELECT 1 FROM resource WHERE ty = 16 AND ri = ?", id).isPresent();
  }

  int remoteCses(CseId owner) throws SQLException {
    return Integer.parseInt(
        first("SELECT count(*) FROM resource WHERE ty = 16 AND rn = ?", owner.stem())
            .orElseThrow());
  }

  /** The {@code ri} of the resource at a path. */
  Optional<String> resource(String path) throws SQLException {
    return first("SELECT ri FROM resource WHERE path = ?", path);
  }

  /** What is wrong with the database as such, a line for each kind of fault. */
  List<String> faults() throws SQLException {
    List<String> faults = new ArrayList<>();
    for (Map.Entry<String, String> check : NEVER.entrySet()) {
      first(check.getValue()).ifPresent(row -> faults.add(check.getKey() + ": " + row));
    }
    first("PRAGMA quick_check(1)")
        .filter(result -> !result.equals("ok"))
        .ifPresent(result -> faults.add("the database is damaged: " + result));
    return faults;
  }

  private Optional<String> first(String sql, String... parameters) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
