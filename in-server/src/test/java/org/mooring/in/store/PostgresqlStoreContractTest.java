// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

class PostgresqlStoreContractTest extends StoreContractTest {
  @Override
  String emptyDatabase(Path folder) throws SQLException, IOException {
    return TestPostgresql.emptyDatabase();
  }
}
