// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.mooring.in.audit.AuditAction;

class SqliteRepositoriesContractTest extends RepositoriesContractTest {
  @Override
  String emptyDatabase(Path folder) {
    return "jdbc:sqlite:" + folder.resolve("mooring.db");
  }

  @Override
  void tamper(String sql) throws SQLException {
    execute("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete", sql);
  }

  @Test
  void replacingAnAuditEntryIsRefusedToo() throws Exception {
    await(
        store.write(
            tx -> {
              tx.audit().record("admin", AuditAction.ENROLEE_ADDED, "subject");
              return true;
            }));
    assertThatThrownBy(
            () -> execute("INSERT OR REPLACE INTO audit VALUES (1, 1, '', '', '', '{}', '', '')"))
        .hasMessageContaining("append-only");
    assertThat(await(store.read(tx -> tx.auditLog().verify())).intact()).isTrue();
  }
}
