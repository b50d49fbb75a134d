// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

class PostgresqlFailedWorkContractTest extends FailedWorkContractTest {
  @Override
  String emptyDatabase(Path folder) throws SQLException, IOException {
    return TestPostgresql.emptyDatabase();
  }

  @Override
  void breakCommit(Sql sql) {
    sql.all("SELECT 1 FROM (SELECT pg_terminate_backend(pg_backend_pid())) AS ended", Row::number);
  }
}
