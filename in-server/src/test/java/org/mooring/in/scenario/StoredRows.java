// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stands in the database, row by row: equal before and after a request that left no trace.
 *
 * @param tables the rows of each table, each as one text
 */
public record StoredRows(Map<String, List<String>> tables) {
  private static final List<String> TABLES =
      List.of(
          "enrolee",
          "credential",
          "client_registration",
          "client_command",
          "resource",
          "repeated_request",
          "device_group",
          "group_device",
          "subscriber",
          "application",
          "app_token",
          "app_instance",
          "app_key",
          "app_signing_key",
          "public_name",
          "sharing_ae",
          "registration_point");
  private static final String AUDIT = "audit";

  static StoredRows read(Path dataDir) {
    Map<String, List<String>> tables = new TreeMap<>();
    try (Connection database =
        DriverManager.getConnection("jdbc:sqlite:" + dataDir.resolve("mooring.db"))) {
      for (String table : TABLES) {
        tables.put(table, rows(database, "SELECT * FROM " + table + " ORDER BY 1, 2"));
      }
      // What failed or was refused is written down; whatever else is in the trail was done.
      tables.put(
          AUDIT,
          rows(
              database,
              "SELECT action, subject FROM audit"
                  + " WHERE action NOT IN ('HANDSHAKE_FAILED', 'CSE_REGISTRATION_REFUSED')"));
    } catch (SQLException e) {
      throw new IllegalStateException("the database can not be read", e);
    }
    return new StoredRows(tables);
  }

  /** How many rows a table has. */
  public int count(String table) {
    return tables.getOrDefault(table, List.of()).size();
  }

  private static List<String> rows(Connection database, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      ResultSetMetaData columns = found.getMetaData();
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          Object value = found.getObject(i);
          String text =
              value instanceof byte[] octets
                  ? HexFormat.of().formatHex(octets)
                  : String.valueOf(value);
          row.append(columns.getColumnName(i)).append('=').append(text).append(' ');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
