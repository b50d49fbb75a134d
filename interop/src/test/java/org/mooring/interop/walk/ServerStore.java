// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Looks into a server's database from outside, without the server's code. */
final class ServerStore implements AutoCloseable {
  private final Connection connection;

  private ServerStore(Connection connection) {
    this.connection = connection;
  }

  static ServerStore open(Path data) throws SQLException {
    return new ServerStore(
        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("mooring.db")));
  }

  /** {@code <remoteCSE>} resources of a node. */
  int remoteCses(String csi) throws SQLException {
    return count("SELECT count(*) FROM resource WHERE ty = 16 AND rn = ?", csi.substring(1));
  }

  /** Whether the node may still enrol. */
  boolean isActive(String csi) throws SQLException {
    return count("SELECT count(*) FROM enrolee WHERE csi = ? AND revoked_at IS NULL", csi) == 1;
  }

  /** Generations of which more than one is current. */
  int splitGenerations() throws SQLException {
    return count(
        "SELECT count(*) FROM (SELECT generation FROM credential WHERE status = 'current'"
            + " GROUP BY generation HAVING count(*) > 1)");
  }

  /** Registrations of a node at the MEF and the MAF. */
  int clientRegistrations(String csi) throws SQLException {
    return count("SELECT count(*) FROM client_registration WHERE client LIKE ?", "%" + csi);
  }

  /** The kinds of a node's credentials that are in use, in their order. */
  String currentKinds(String csi) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT coalesce(group_concat(kind, ' '), '') FROM (SELECT DISTINCT kind FROM credential"
                + " WHERE status = 'current' AND client LIKE ? ORDER BY kind)")) {
      query.setString(1, "%" + csi);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  private int count(String sql, String... parameters) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
