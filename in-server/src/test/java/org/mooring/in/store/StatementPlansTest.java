// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * What SQLite would do for every statement of every repository: each method is called once for each
 * kind of argument, and none of what it runs may look at more rows the larger the fleet is.
 */
class StatementPlansTest extends StoreTest {
  /** Recomputes the whole audit log, and says so. */
  private static final Set<String> READS_ALL = Set.of("AuditLog.verify");

  /** The resources that one client has below another, found level by level; no table. */
  private static final Pattern ROWS_FOUND_BEFORE =
      Pattern.compile("SCAN ((b|below)\\b|\\(subquery-).*");

  @Override
  String emptyDatabase(Path data) {
    return "jdbc:sqlite:" + data.resolve("mooring.db");
  }

  @Test
  void noStatementScansATableThatGrowsWithTheFleet() throws Exception {
    try (Connection connection = connect()) {
      Map<String, Set<String>> statements = statementsOfAllRepositories(connection);
      assertThat(statements).hasSizeGreaterThan(40);
      Map<String, String> costly = new TreeMap<>();
      for (Map.Entry<String, Set<String>> method : statements.entrySet()) {
        for (String sql : method.getValue()) {
          List<String> plan = plan(connection, sql);
          for (String step : plan) {
            if (growsWithTheFleet(sql, plan, step)) {
              costly.put(method.getKey() + ": " + step, sql);
            }
          }
        }
      }
      assertThat(costly.keySet()).allMatch(place -> READS_ALL.contains(place.split(":", 2)[0]));
      assertThat(costly).hasSameSizeAs(READS_ALL);
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(settings.jdbcUrl());
    connection.setAutoCommit(false);
    return connection;
  }

  /** A scan ends early at a LIMIT where rows come in the order wanted and each one counts. */
  private static boolean growsWithTheFleet(String sql, List<String> plan, String step) {
    if (ROWS_FOUND_BEFORE.matcher(step).matches()) {
      return false;
    }
    boolean isSorted = plan.stream().anyMatch(other -> other.contains("TEMP B-TREE"));
    boolean eachCounts = step.contains("INDEX") || !sql.contains("WHERE");
    boolean endsEarly = sql.contains("LIMIT") && !isSorted && eachCounts;
    return step.startsWith("SCAN") && !endsEarly;
  }

  private List<String> planOf(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return plan(connection, sql);
    }
  }

  private static List<String> plan(Connection connection, String sql) throws SQLException {
    List<String> steps = new ArrayList<>();
    try (PreparedStatement explain = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
        ResultSet rows = explain.executeQuery()) {
      while (rows.next()) {
        steps.add(rows.getString("detail"));
      }
    }
    return steps;
  }

  /** By method, as {@code Interface.method}. */
  private static Map<String, Set<String>> statementsOfAllRepositories(Connection connection)
      throws Exception {
    Map<String, Set<String>> statements = new TreeMap<>();
    for (Method repository : Repositories.class.getDeclaredMethods()) {
      if (!repository.getReturnType().getName().startsWith("org.mooring.in")
          || repository.getReturnType().getPackage().equals(Store.class.getPackage())) {
        continue;
      }
      for (Method method : repository.getReturnType().getMethods()) {
        Set<String> run =
            statements.computeIfAbsent(
                repository.getReturnType().getSimpleName() + "." + method.getName(),
                name -> new LinkedHashSet<>());
        for (Object[] arguments : SampleArguments.of(method)) {
          Sql sql = new Sql(new Recorder(PreparedStatements.compiledBy(connection), run));
          for (OpenTransaction transaction : List.of(fresh(sql), withExpiredResources(sql))) {
            method.invoke(repository.invoke(repositories(transaction)), arguments);
            transaction.audit().write(sql);
            connection.rollback();
          }
        }
        assertThat(run).as(method.toString()).isNotEmpty();
      }
    }
    return statements;
  }

  /** With nothing read before, which would not be read again. */
  private static OpenTransaction fresh(Sql sql) {
    return OpenTransaction.on(sql, Instant.EPOCH.plusSeconds(1));
  }

  private static OpenTransaction withExpiredResources(Sql sql) {
    OpenTransaction transaction = fresh(sql);
    assertThat(transaction.resources().nextExpiration(() -> 0L)).isZero();
    return transaction;
  }

  private static Repositories repositories(OpenTransaction transaction) {
    SecretSealer sealer = new SecretSealer(new SecretKeySpec(new byte[32], "AES"));
    return new Repositories(
        transaction, new RecordLayer(new RecordCache(0)), Dialect.SQLITE, sealer, true);
  }

  /** Keeps what is run. */
  private record Recorder(PreparedStatements statements, Set<String> run)
      implements PreparedStatements {
    @Override
    public PreparedStatement take(String sql) throws SQLException {
      run.add(sql);
      return statements.take(sql);
    }

    @Override
    public void give(PreparedStatement statement) throws SQLException {
      statements.give(statement);
    }
  }

  @Test
  void aScanIsNoticed() throws Exception {
    String sql = "SELECT * FROM enrolee WHERE fingerprint = ?";
    List<String> steps = planOf(sql);
    assertThat(steps).anyMatch(step -> growsWithTheFleet(sql, steps, step));
    String all = "SELECT 1 FROM enrolee";
    assertThat(List.of("SCAN enrolee", "SCAN enrolee USING INDEX x"))
        .allMatch(step -> growsWithTheFleet(all, List.of(step), step));
    String sorted = all + " ORDER BY path LIMIT 1";
    assertThat(growsWithTheFleet(sorted, List.of("USE TEMP B-TREE"), "SCAN enrolee")).isTrue();
    assertThat(growsWithTheFleet(sorted, List.of(), "SCAN enrolee")).isFalse();
  }
}
