// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;

/**
 * What SQLite would do for every statement of every repository: each method is called once for each
 * kind of argument, and none of what it runs may look at more rows the larger the fleet is.
 */
class StatementPlansTest extends StoreTest {
  private static final String CALL = "one_call";

  /** Recomputes the whole audit log, and says so. */
  private static final Set<String> READS_ALL = Set.of("AuditLog.verify");

  /** The resources that one client has below another, found level by level; no table. */
  private static final Pattern ROWS_FOUND_BEFORE = Pattern.compile("SCAN (b|below)\\b.*");

  @Override
  String emptyDatabase(Path data) {
    return "jdbc:sqlite:" + data.resolve("mooring.db");
  }

  @Test
  void noStatementScansATableThatGrowsWithTheFleet() throws Exception {
    Map<String, Set<String>> statements = await(store.write(this::statementsOfAllRepositories));
    assertThat(statements).hasSizeGreaterThan(40);
    Map<String, String> costly =
        await(
            store.write(
                tx -> {
                  Map<String, String> found = new TreeMap<>();
                  for (Map.Entry<String, Set<String>> method : statements.entrySet()) {
                    for (String sql : method.getValue()) {
                      for (String step : plan(tx.handle(), sql)) {
                        if (growsWithTheFleet(sql, step)) {
                          found.put(method.getKey() + ": " + step, sql);
                        }
                      }
                    }
                  }
                  return found;
                }));
    assertThat(costly.keySet()).allMatch(place -> READS_ALL.contains(place.split(":", 2)[0]));
    assertThat(costly).hasSameSizeAs(READS_ALL);
  }

  private static boolean growsWithTheFleet(String sql, String step) {
    if (ROWS_FOUND_BEFORE.matcher(step).matches()) {
      return false;
    }
    boolean endsEarly = sql.contains("LIMIT") && step.contains("INDEX");
    return step.startsWith("SCAN") && !endsEarly;
  }

  private static List<String> plan(Handle handle, String sql) throws SQLException {
    List<String> steps = new ArrayList<>();
    try (PreparedStatement explain =
            handle.getConnection().prepareStatement("EXPLAIN QUERY PLAN " + sql);
        ResultSet rows = explain.executeQuery()) {
      while (rows.next()) {
        steps.add(rows.getString("detail"));
      }
    }
    return steps;
  }

  /** By method, as {@code Interface.method}. */
  private Map<String, Set<String>> statementsOfAllRepositories(Repositories tx) throws Exception {
    Map<String, Set<String>> statements = new TreeMap<>();
    Handle handle = tx.handle();
    for (Method repository : Repositories.class.getDeclaredMethods()) {
      if (!repository.getReturnType().getName().startsWith("org.mooring")) {
        continue;
      }
      for (Method method : repository.getReturnType().getMethods()) {
        Set<String> run =
            statements.computeIfAbsent(
                repository.getReturnType().getSimpleName() + "." + method.getName(),
                name -> new LinkedHashSet<>());
        handle.getConfig(SqlStatements.class).setSqlLogger(new Recorder(run));
        for (Object[] arguments : SampleArguments.of(method)) {
          handle.savepoint(CALL);
          method.invoke(repository.invoke(fresh(handle)), arguments);
          handle.rollbackToSavepoint(CALL);
        }
        handle.getConfig(SqlStatements.class).setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        assertThat(run).as(method.toString()).isNotEmpty();
      }
    }
    return statements;
  }

  /** With nothing read before, which would not be read again. */
  private static Repositories fresh(Handle handle) {
    SecretSealer sealer = new SecretSealer(new SecretKeySpec(new byte[32], "AES"));
    return new Repositories(
        handle, Dialect.SQLITE, sealer, new AuditHead(), Instant.EPOCH.plusSeconds(1), true);
  }

  /** Keeps what is run. */
  private record Recorder(Set<String> run) implements SqlLogger {
    @Override
    public void logBeforeExecution(StatementContext context) {
      run.add(context.getParsedSql().getSql());
    }
  }

  @Test
  void aScanIsNoticed() throws Exception {
    String sql = "SELECT * FROM enrolee WHERE kpm_fingerprint = ?";
    List<String> steps = await(store.write(tx -> plan(tx.handle(), sql)));
    assertThat(steps).anyMatch(step -> growsWithTheFleet(sql, step));
    assertThat(Arrays.asList("SCAN enrolee", "SCAN enrolee USING INDEX x"))
        .allMatch(step -> growsWithTheFleet("SELECT 1 FROM enrolee", step));
  }
}
