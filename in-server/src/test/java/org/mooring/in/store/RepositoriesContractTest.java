// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.AuditRecord;
import org.mooring.in.audit.AuditVerification;
import org.mooring.in.transaction.RepeatedRequests;
import org.mooring.in.transaction.RequestKey;

/** The audit log and the repeated requests, on every database. */
abstract class RepositoriesContractTest extends StoreTest {
  private static final byte[] ANSWER = "2001".getBytes(UTF_8);
  private static final RequestKey REQUEST =
      RequestKey.of("//sp.example.org/asn-1", "r1", Operation.CREATE, "/maf", new byte[] {1});

  /** How this database lets an intruder with full rights past the triggers. */
  abstract void tamper(String sql) throws SQLException;

  private void record(int entries) throws Exception {
    for (int i = 1; i <= entries; i++) {
      Attributes detail = Attributes.builder().put("n", i).build();
      await(
          store.write(
              tx -> {
                tx.audit().record("admin", AuditAction.ENROLEE_REVOKED, "subject", detail);
                return true;
              }));
    }
  }

  private AuditVerification verify() throws Exception {
    return await(store.read(tx -> tx.auditLog().verify()));
  }

  private void remember(RequestKey key, byte[] answer) throws Exception {
    await(
        store.write(
            tx -> {
              tx.repeatedRequests().remember(key, answer);
              return true;
            }));
  }

  private String answer(RequestKey key) throws Exception {
    Optional<byte[]> found = await(store.read(tx -> tx.repeatedRequests().find(key)));
    return found.map(octets -> new String(octets, UTF_8)).orElse("none");
  }

  @Test
  void anEmptyAuditLogIsIntact() throws Exception {
    AuditVerification empty = verify();
    assertThat(empty.intact()).isTrue();
    assertThat(empty.entries()).isZero();
    assertThat(empty.head()).isEmpty();
  }

  @Test
  void anAuditLogVerifiesOverARestart() throws Exception {
    record(3);
    String head = verify().head();
    store.close();
    reopen(settings);
    assertThat(verify().head()).isEqualTo(head);
    record(2);
    AuditVerification chain = verify();
    assertThat(chain.intact()).isTrue();
    assertThat(chain.entries()).isEqualTo(5);
    assertThat(chain.head()).hasSize(64).isNotEqualTo(head);
  }

  @Test
  void anAuditEntryIsFoundByItsNumber() throws Exception {
    record(3);

    AuditRecord second = await(store.read(tx -> tx.auditLog().find(2))).orElseThrow();

    assertThat(second.seq()).isEqualTo(2);
    assertThat(second).isEqualTo(await(store.read(tx -> tx.auditLog().latest(2))).get(0));
    Optional<AuditRecord> unknown = await(store.read(tx -> tx.auditLog().find(4)));
    assertThat(unknown).isEmpty();
  }

  @Test
  void changedAuditEntriesShow() throws Exception {
    record(5);
    tamper("UPDATE audit SET subject = 'another' WHERE seq = 3");
    assertThat(verify().firstBroken()).hasValue(3);
    assertThat(verify().entries()).isEqualTo(2);
  }

  @Test
  void aMissingAuditEntryShows() throws Exception {
    record(5);
    tamper("DELETE FROM audit WHERE seq = 2");
    assertThat(verify().firstBroken()).hasValue(2);
  }

  @Test
  void aReplacedAuditEntryWithAHashOfItsOwnShowsAtTheNext() throws Exception {
    record(3);
    String before = verify().head();
    AuditEntry forged =
        new AuditEntry(1, START.toEpochMilli(), "x", "ENROLEE_ADDED", "y", "{}", "");
    tamper(
        "UPDATE audit SET actor = 'x', action = 'ENROLEE_ADDED', subject = 'y', detail = '{}',"
            + " hash = '"
            + forged.hash()
            + "' WHERE seq = 1");
    assertThat(verify().firstBroken()).hasValue(2);
    assertThat(verify().head()).isEqualTo(forged.hash()).isNotEqualTo(before);
  }

  @Test
  void theDatabaseRefusesToChangeTheAuditLog() throws Exception {
    record(1);
    for (String sql :
        new String[] {"UPDATE audit SET subject = 'another'", "DELETE FROM audit WHERE seq = 1"}) {
      assertThatThrownBy(() -> execute(sql))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("append-only");
    }
    assertThat(verify().entries()).isEqualTo(1);
  }

  @Test
  void theVerySameRequestGetsItsAnswerAgain() throws Exception {
    assertThat(answer(REQUEST)).isEqualTo("none");
    remember(REQUEST, ANSWER);
    assertThat(answer(REQUEST)).isEqualTo("2001");
    remember(REQUEST, "4117".getBytes(UTF_8));
    assertThat(answer(REQUEST)).isEqualTo("4117");
  }

  @Test
  void anotherClientIdentifierOperationTargetOrContentIsAnotherRequest() throws Exception {
    remember(REQUEST, ANSWER);
    String client = REQUEST.client();
    byte[] content = {1};
    for (RequestKey other :
        new RequestKey[] {
          RequestKey.of("//sp.example.org/asn-2", "r1", Operation.CREATE, "/maf", content),
          RequestKey.of(client, "r2", Operation.CREATE, "/maf", content),
          RequestKey.of(client, "r1", Operation.UPDATE, "/maf", content),
          RequestKey.of(client, "r1", Operation.CREATE, "/mef", content),
          RequestKey.of(client, "r1", Operation.CREATE, "/maf", new byte[] {2}),
          RequestKey.of(client, "r1", Operation.CREATE, "/ma", new byte[] {'f', 1}),
        }) {
      assertThat(answer(other)).isEqualTo("none");
    }
    assertThat(answer(RequestKey.of(client, "r1", Operation.CREATE, "/maf", content)))
        .isEqualTo("2001");
  }

  @Test
  void requestsAreForgottenAfterADay() throws Exception {
    remember(REQUEST, ANSWER);
    pass(RepeatedRequests.REMEMBERED_FOR.minusMillis(1));
    assertThat(answer(REQUEST)).isEqualTo("2001");
    assertThat(await(store.write(tx -> tx.repeatedRequests().purge())).intValue()).isZero();
    pass(Duration.ofMillis(1));
    assertThat(answer(REQUEST)).isEqualTo("none");
    assertThat(await(store.write(tx -> tx.repeatedRequests().purge())).intValue()).isEqualTo(1);
  }

  @Test
  void anAnswerIsGoneWithTheWorkThatWasRefused() throws Exception {
    assertThatThrownBy(
            () ->
                await(
                    store.write(
                        tx -> {
                          tx.repeatedRequests().remember(REQUEST, ANSWER);
                          throw new IllegalArgumentException("of the test");
                        })))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(answer(REQUEST)).isEqualTo("none");
  }
}
