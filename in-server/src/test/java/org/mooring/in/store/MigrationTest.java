// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.app.Instance;
import org.mooring.in.app.InstanceName;
import org.mooring.in.app.IssuedToken;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Credential.Status;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.FactoryKey;
import org.mooring.in.transaction.UnitOfWork;
import org.mooring.in.trust.KeyRegistration;

/** A SQLite database of an earlier version goes on with its keys, their fates and its audit log. */
class MigrationTest extends StoreTest {
  private static final Pattern VERSION = Pattern.compile("V(\\d+)__.*\\.sql");
  private static final CseId CLIENT = new CseId("//sp.example.org/asn-1");
  private static final KeyIdentifier KPM = KeyIdentifier.parse("pump@mef.sp.example.org");
  private static final KeyIdentifier GONE = KeyIdentifier.parse("gone@mef.sp.example.org");
  private static final KeyIdentifier KE = relative("0");
  private static final KeyIdentifier REVOKED = relative("1");
  private static final KeyIdentifier REMOVED = relative("2");
  private static final KeyIdentifier ESDATA = relative("3");

  private final SecretKeyBytes kpm = SecretKeyBytes.random();
  private final SecretKeyBytes ke = SecretKeyBytes.random();

  private static KeyIdentifier relative(String digit) {
    return KeyIdentifier.parse(digit.repeat(32) + "@mef.sp.example.org");
  }

  /** With the second version's tables, and rows in them. */
  @Override
  String emptyDatabase(Path data) {
    try {
      String url = databaseOfVersion("2", data);
      settings = StoreSettings.in(data).withJdbcUrl(url);
      fill(new SecretSealer(new KeyFile(data.resolve("kek.key")).create()));
      return url;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String databaseOfVersion(String version, Path data) throws IOException {
    PrivateFiles.createFolder(data);
    String url = "jdbc:sqlite:" + data.resolve("mooring.db");
    Dialect.SQLITE.prepare(url);
    Flyway.configure()
        .dataSource(Dialect.SQLITE.connect(url, false))
        .locations(
            "classpath:org/mooring/in/store/migration/tables",
            "classpath:org/mooring/in/store/migration/sqlite")
        .table("schema_history")
        .target(version)
        .load()
        .migrate();
    return url;
  }

  private void fill(SecretSealer sealer) throws Exception {
    execute(
        "INSERT INTO setting VALUES ('key_check', '%s')"
            .formatted(
                Base64.getEncoder()
                    .encodeToString(
                        sealer.sealOctets(
                            "mooring store".getBytes(StandardCharsets.US_ASCII),
                            "setting.value/key_check"))),
        "INSERT INTO enrolee VALUES ('%s', 'f', 9, 'urn:uuid:1', '/asn-1', 'maf', 8, NULL, NULL, 7)"
            .formatted(KPM),
        "INSERT INTO enrolee VALUES ('%s', 'f', 9, 'urn:uuid:2', '/asn-2', 'maf', 8, 7, 'old', 7)"
            .formatted(GONE),
        credential(
            KPM, "kpm", "mef", "current", sealed(sealer, kpm, "credential.sealed_key/" + KPM)),
        credential(KE, "ke", "maf", "pending", "NULL"),
        registration(KE, 21, sealed(sealer, ke, "key_registration.sealed_key/" + KE)),
        credential(REVOKED, "ke", "maf", "revoked", "NULL"),
        registration(REVOKED, 21, "NULL"),
        credential(REMOVED, "ke", "maf", "removed", "NULL"),
        registration(REMOVED, 21, "NULL"),
        registration(ESDATA, 24, sealed(sealer, ke, "key_registration.sealed_key/" + ESDATA)));
    AuditEntry first = new AuditEntry(1, 0, "admin", "ENROLEE_ADDED", "pump", "{}", "");
    execute(
        "INSERT INTO audit VALUES (1, 0, 'admin', 'ENROLEE_ADDED', 'pump', '{}', '', '%s')"
            .formatted(first.hash()));
  }

  private static String sealed(SecretSealer sealer, SecretKeyBytes key, String row) {
    return "x'" + HexFormat.of().formatHex(sealer.seal(key, row)) + "'";
  }

  private static String credential(
      KeyIdentifier id, String kind, String role, String status, String key) {
    return "INSERT INTO credential VALUES ('%s', '%s', '%s', '%s', '%s', '%s', '%s', %s, %d, 0)"
        .formatted(
            id,
            kind,
            role,
            CLIENT,
            KPM,
            status.equals("removed") ? "" : "a line",
            status,
            key,
            START.plusSeconds(99).toEpochMilli());
  }

  private static String registration(KeyIdentifier id, int suid, String key) {
    return ("INSERT INTO key_registration VALUES ('%s', 'mef.sp.example.org', '%s',"
            + " 'sp.example.org', %d, 'maf.sp.example.org', 'a b', '%s', %s, %d, %d, 0, 0)")
        .formatted(
            id,
            CLIENT,
            suid,
            KPM,
            key,
            key.equals("NULL") ? 1 : 0,
            START.plusSeconds(99).toEpochMilli());
  }

  private <T> Optional<T> find(UnitOfWork<Repositories, Optional<T>> work) throws Exception {
    return await(store.read(work));
  }

  @Test
  void keysStayWithTheirFates() throws Exception {
    assertThat(find(tx -> tx.credentials().key(KPM))).contains(kpm);
    assertThat(find(tx -> tx.keyRegistrations().key(KE))).contains(ke);
    assertThat(find(tx -> tx.credentials().find(KE)).map(Credential::status))
        .contains(Status.PENDING);
    assertThat(find(tx -> tx.credentials().find(REVOKED)).map(Credential::status))
        .contains(Status.REVOKED);
    assertThat(find(tx -> tx.credentials().find(REMOVED)).map(Credential::status))
        .contains(Status.REMOVED);
    assertThat(find(tx -> tx.keyRegistrations().find(REMOVED)).map(KeyRegistration::removed))
        .contains(true);
    assertThat(find(tx -> tx.credentials().find(ESDATA))).isEmpty();
    assertThat(find(tx -> tx.keyRegistrations().key(ESDATA))).contains(ke);
    List<KeyRegistration> live = await(store.read(tx -> tx.keyRegistrations().ofClient(CLIENT)));
    assertThat(live).extracting(KeyRegistration::identity).containsExactly(KE, ESDATA);
    assertThat(live.get(0).usage()).isEqualTo(KeyUsage.PROVISIONED_FOR_MAF);
    assertThat(live.get(0).labels()).containsExactly("a", "b");
    assertThat(live.get(0).adminFqdn()).isEqualTo(new Fqdn("sp.example.org"));
  }

  /** A migration whose number lies below that of an earlier one would be refused here. */
  @ParameterizedTest
  @MethodSource("versions")
  void anEmptyDatabaseOfEachVersionGoesOn(String version, @TempDir Path data) throws Exception {
    String url = databaseOfVersion(version, data.resolve("data"));

    try (Store opened =
        Store.open(StoreSettings.in(data.resolve("data")).withJdbcUrl(url), clock())) {
      Optional<Enrolee> nobody = await(opened.read(tx -> tx.enrolees().find(KPM)));
      assertThat(nobody).isEmpty();
    }
  }

  /** All that there are: each but the newest was once the newest. */
  static Stream<String> versions() throws IOException, URISyntaxException {
    URL tables = MigrationTest.class.getResource("migration/tables");
    try (Stream<Path> files = Files.list(Path.of(Objects.requireNonNull(tables).toURI()))) {
      List<String> versions =
          files
              .map(file -> VERSION.matcher(String.valueOf(file.getFileName())))
              .filter(Matcher::matches)
              .map(name -> name.group(1))
              .toList();
      assertThat(versions).hasSizeGreaterThan(15);
      return versions.stream();
    }
  }

  @Test
  void instancesStayWithTheirTokensAndKeys(@TempDir Path data) throws Exception {
    String url = databaseOfVersion("14", data.resolve("data"));
    settings = StoreSettings.in(data.resolve("data")).withJdbcUrl(url);
    TokenId token = TokenId.parse("t@sp.example.org");
    execute(
        "INSERT INTO application VALUES ('Nmeter', NULL, NULL, 1)",
        "INSERT INTO app_signing_key VALUES ('k', x'00', x'00', 1, 253402300799000)",
        "INSERT INTO app_token VALUES ('%s', 'Nmeter', x'00', 'f', 0, 9000, '/asn-1', '', '', 5, 2, 4,"
                .formatted(token)
            + " 'k', NULL, NULL, 1)",
        "INSERT INTO app_instance VALUES ('Nmeter', 'C1', '%s', '%s', NULL, '%s', 'active', 1)"
            .formatted(CLIENT, token, KE),
        "INSERT INTO app_key VALUES ('%s', 'Nmeter', 'C1', '%s', '%s')"
            .formatted(KE, CLIENT, token));

    try (Store opened = Store.open(settings, clock())) {
      Optional<IssuedToken> issued = await(opened.read(tx -> tx.appTokens().find(token)));
      Optional<Instance> holder = await(opened.read(tx -> tx.appInstances().ofKey(KE)));
      int living = await(opened.read(tx -> tx.appInstances().countLiving(token)));
      assertThat(issued).map(IssuedToken::caps).contains(new InstanceCaps(5, 2));
      assertThat(holder)
          .contains(
              new Instance(
                  new InstanceName(new AppId("Nmeter"), new AppInstanceId("C1"), CLIENT),
                  token,
                  Optional.of(KE),
                  Instance.State.ACTIVE,
                  Instant.ofEpochMilli(1)));
      assertThat(living).as("it was counted as four").isEqualTo(1);
    }
  }

  @Test
  void enroleesHaveAKpm() throws Exception {
    assertThat(find(tx -> tx.enrolees().find(KPM)))
        .hasValueSatisfying(
            enrolee -> {
              assertThat(enrolee.factoryKey()).isEqualTo(FactoryKey.KPM);
              assertThat(enrolee.credentialExpiresAt().toEpochMilli()).isEqualTo(9);
              assertThat(enrolee.createdAt().toEpochMilli()).isEqualTo(7);
              assertThat(enrolee.subscribedUntil()).isEqualTo(M2mTimestamp.NEVER);
              assertThat(enrolee.standing()).isEqualTo(new Enrolee.Standing.Active());
            });
  }

  @Test
  void whoWasRevokedCountsAsCompromised() throws Exception {
    assertThat(find(tx -> tx.enrolees().find(GONE)).map(Enrolee::standing))
        .contains(new Enrolee.Standing.Revoked(Instant.ofEpochMilli(7), "old"));
  }

  @Test
  void aFactoryKeyIsKeptToItsEndWhereTheSubscriptionEndsBefore() throws Exception {
    await(
        store.write(
            tx -> {
              tx.credentials().setExpiry(KPM, START.plusSeconds(9));
              return true;
            }));
    List<Credential> before =
        await(store.read(tx -> tx.credentials().endedBefore(START.plusSeconds(98), 9)));
    List<Credential> then =
        await(store.read(tx -> tx.credentials().endedBefore(START.plusSeconds(99), 9)));
    assertThat(before).isEmpty();
    assertThat(then).extracting(Credential::identity).contains(KPM);
  }

  @Test
  void theAuditLogGoesOn() throws Exception {
    await(
        store.write(
            tx -> {
              tx.audit().record("admin", AuditAction.ENROLEE_ADDED, "second");
              return true;
            }));
    assertThat(await(store.read(tx -> tx.auditLog().verify())).intact()).isTrue();
    assertThat(await(store.read(tx -> tx.auditLog().verify())).entries()).isEqualTo(2);
  }
}
