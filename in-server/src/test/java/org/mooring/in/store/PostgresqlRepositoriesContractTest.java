// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.AuditVerification;

class PostgresqlRepositoriesContractTest extends RepositoriesContractTest {
  @Override
  String emptyDatabase(Path folder) throws SQLException, IOException {
    return TestPostgresql.emptyDatabase();
  }

  @Override
  void tamper(String sql) throws SQLException {
    execute("ALTER TABLE audit DISABLE TRIGGER ALL", sql);
  }

  @Test
  void emptyingTheAuditLogIsRefusedToo() {
    assertThatThrownBy(() -> execute("TRUNCATE audit")).hasMessageContaining("append-only");
  }

  @Test
  void twoServersKeepOneAuditChain() throws Exception {
    try (Store other = Store.open(settings, clock())) {
      List<CompletionStage<Boolean>> writes = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Store one = i % 2 == 0 ? store : other;
        writes.add(
            one.write(
                tx -> {
                  tx.audit().record("admin", AuditAction.ENROLEE_ADDED, "subject");
                  return true;
                }));
      }
      for (CompletionStage<Boolean> write : writes) {
        await(write);
      }
    }
    AuditVerification chain = await(store.read(tx -> tx.auditLog().verify()));
    assertThat(chain.intact()).isTrue();
    assertThat(chain.entries()).isEqualTo(200);
  }
}
