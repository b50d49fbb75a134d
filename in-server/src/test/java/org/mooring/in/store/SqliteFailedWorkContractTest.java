// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.nio.file.Path;

class SqliteFailedWorkContractTest extends FailedWorkContractTest {
  @Override
  String emptyDatabase(Path folder) {
    return "jdbc:sqlite:" + folder.resolve("mooring.db");
  }

  @Override
  void breakCommit(Sql sql) {
    sql.run("PRAGMA defer_foreign_keys = ON");
    sql.run(
        """
        INSERT INTO resource (ri, ty, rn, pi, path, creator, owner_csi, state_tag, attributes,
          content_size, seq, expires_at, created_at, modified_at)
        VALUES ('a', 3, 'a', 'nowhere', 'a', '', '', 0, '', 0, 1, 1, 1, 1)
        """);
  }
}
