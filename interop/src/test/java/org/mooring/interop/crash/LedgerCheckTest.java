// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.store.Store;
import org.mooring.in.store.StoreSettings;
import org.mooring.interop.crash.Acknowledged.Kind;

/** Every fault that the runner looks for is one that it finds. */
class LedgerCheckTest {
  private static final String KPM_ID = "0123456789ABCDEF0123456789ABCDEF@mef.sp.example.org";
  private static final Enrolled OWNER =
      new Enrolled(
          KeyIdentifier.parse(KPM_ID), SecretKeyBytes.random(), new CseId("/asn-000000000001"));
  private static final String KEY = "first@maf.sp.example.org";
  private static final String YOUNGER = "second@maf.sp.example.org";

  @TempDir private Path folder;
  private final Ledger ledger = new Ledger(7, violation -> {});
  private Connection database;

  @BeforeEach
  void open() throws SQLException {
    Store.open(StoreSettings.in(folder), InstantSource.system()).close();
    database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mooring.db"));
    execute(
        ("INSERT INTO enrolee (id, fingerprint, credential_expires_at, node_id, csi, path,"
                + " enrolment_lifetime, created_at)"
                + " VALUES ('%s', '', 0, 'urn:x', '/asn-000000000001', 'maf', 1, 0)")
            .formatted(KPM_ID));
    credential(KPM_ID, KPM_ID, "kpm", "mef", "current");
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void findsNothingWhereEverythingIsThere() throws SQLException {
    credential(KEY, KPM_ID, "km", "maf", "current");
    resource("cse-in/asn-1/crash/v1", "r1");
    acknowledge(Kind.ENROLEE, KPM_ID);
    acknowledge(Kind.KEY, KEY);
    ledger.acknowledged(
        Kind.CONTENT_INSTANCE, "cse-in/asn-1/crash/v1", OWNER, "r1", M2mTimestamp.NEVER);

    check();

    assertThat(ledger.violations()).isEmpty();
  }

  @Test
  void missesWhatIsGone() throws SQLException {
    acknowledge(Kind.KEY, KEY);
    acknowledge(Kind.ENROLEE, "other@mef.sp.example.org");
    acknowledge(Kind.MEF_CLIENT_REG, "m1");
    acknowledge(Kind.MAF_CLIENT_REG, "m2");
    acknowledge(Kind.REMOTE_CSE, "r1");
    acknowledge(Kind.CONTAINER, "cse-in/asn-1/crash");
    acknowledge(Kind.CONTENT_INSTANCE, "cse-in/asn-1/crash/v1");

    check();

    assertThat(ledger.violations()).hasSize(7).allMatch(found -> found.startsWith("seed 7"));
  }

  @Test
  void missesAKeyThatNothingReplaced() throws SQLException {
    credential(KEY, KPM_ID, "km", "maf", "superseded");
    acknowledge(Kind.KEY, KEY);

    check();

    assertThat(ledger.violations()).singleElement().asString().contains("took its place");
  }

  @Test
  void takesAYoungerKeyForTheOlder() throws SQLException {
    credential(KEY, KPM_ID, "km", "maf", "superseded");
    credential(YOUNGER, KPM_ID, "km", "maf", "current");
    acknowledge(Kind.KEY, KEY);

    check();

    assertThat(ledger.violations()).isEmpty();
  }

  @Test
  void missesAKeyThatNobodyRevoked() throws SQLException {
    credential(KEY, KPM_ID, "km", "maf", "revoked");
    credential(YOUNGER, KPM_ID, "kc", "cse", "revoked");
    acknowledge(Kind.KEY, KEY);
    acknowledge(Kind.KEY, YOUNGER);
    ledger.revocationAsked(YOUNGER);

    check();

    assertThat(ledger.violations()).singleElement().asString().contains(KEY);
  }

  @Test
  void findsARevocationUndone() throws SQLException {
    credential(KEY, KPM_ID, "km", "maf", "current");
    ledger.revocationAsked(KPM_ID);
    acknowledge(Kind.ENROLEE_REVOKED, KPM_ID);
    acknowledge(Kind.KEY_REVOKED, KEY);

    check();

    assertThat(ledger.violations()).hasSize(2);
  }

  @Test
  void findsAnotherResourceInThePlace() throws SQLException {
    resource("cse-in/asn-1/crash", "r2");
    ledger.acknowledged(Kind.CONTAINER, "cse-in/asn-1/crash", OWNER, "r1", M2mTimestamp.NEVER);

    check();

    assertThat(ledger.violations()).singleElement().asString().contains("in its place");
  }

  @Test
  void letsGoWhatHadItsTime() throws SQLException {
    Instant past = Instant.now().minus(Duration.ofMinutes(1));
    ledger.acknowledged(Kind.REMOTE_CSE, "r1", OWNER, past);
    ledger.acknowledged(Kind.CONTENT_INSTANCE, "cse-in/asn-1/crash/v1", OWNER, past);

    check();

    assertThat(ledger.violations()).isEmpty();
  }

  @Test
  void findsTwoCurrentKeysInOneLine() throws SQLException {
    credential(KEY, KPM_ID, "km", "maf", "current");
    credential(YOUNGER, KPM_ID, "km", "maf", "current");

    check();

    assertThat(ledger.violations()).singleElement().asString().contains("two current keys");
  }

  @Test
  void findsAKeyOfNoEnrolee() throws SQLException {
    execute("UPDATE enrolee SET csi = '/asn-000000000002'");

    check();

    assertThat(ledger.violations()).singleElement().asString().contains("enrolee is revoked");
  }

  private void check() throws SQLException {
    try (StoreView store = StoreView.open(folder)) {
      new LedgerCheck(ledger).check(store, ledger.from(0));
    }
  }

  private void acknowledge(Kind kind, String id) {
    ledger.acknowledged(kind, id, OWNER, M2mTimestamp.NEVER);
  }

  private void credential(String identity, String parent, String kind, String role, String status)
      throws SQLException {
    boolean ended = status.equals("revoked");
    execute(
        ("INSERT INTO credential (identity, client, parent, live, sealed_key, expires_at,"
                + " created_at, kind, role, generation, status, removed)"
                + " VALUES ('%s', '//sp.example.org/asn-000000000001', '%s', 1, %s, %d, 0,"
                + " '%s', '%s', '%s', '%s', %d)")
            .formatted(
                identity,
                parent,
                ended ? "NULL" : "x'00'",
                M2mTimestamp.NEVER.toEpochMilli(),
                kind,
                role,
                role + " line",
                status,
                ended ? 1 : 0));
  }

  private void resource(String path, String id) throws SQLException {
    execute(
        ("INSERT INTO resource (ri, ty, rn, path, creator, owner_csi, state_tag, attributes,"
                + " content_size, seq, expires_at, created_at, modified_at)"
                + " VALUES ('%s', 4, 'v1', '%s', '', '', 0, x'', 0, 0, %d, 0, 0)")
            .formatted(id, path, M2mTimestamp.NEVER.toEpochMilli()));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }
}
