// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Credential.Status;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.FactoryKey;
import org.mooring.in.mef.MethodCheck;
import org.mooring.in.mef.MethodPolicy;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.transaction.UnitOfWork;
import org.mooring.in.trust.ClientRegistration;
import org.mooring.in.trust.KeyRegistration;

/** What SQLite's store answers from memory is what the database has. */
class RecordsInMemoryTest extends StoreTest {
  private static final Fqdn SP = new Fqdn("sp.example.org");
  private static final Fqdn MEF = new Fqdn("mef.sp.example.org");
  private static final int CLIENTS = 4;

  @Override
  String emptyDatabase(Path data) {
    return "jdbc:sqlite:" + data.resolve("mooring.db");
  }

  private static CseId client(int number) {
    return new CseId("//sp.example.org/asn-" + number);
  }

  private static KeyIdentifier kpm(int number) {
    return KeyIdentifier.parse("kpm-" + number + "@mef.sp.example.org");
  }

  /** The record as another program reads it. */
  private ClientRecord stored(CseId client) throws Exception {
    try (Connection connection = DriverManager.getConnection(settings.jdbcUrl())) {
      Sql sql = new Sql(PreparedStatements.compiledBy(connection));
      return new ClientRecords(sql, new RecordLayer(new RecordCache(0))).ofClient(client);
    }
  }

  private void add(int number) throws Exception {
    await(
        store.write(
            tx -> {
              tx.enrolees()
                  .add(
                      new Enrolee(
                          kpm(number),
                          FactoryKey.KPM,
                          "0123456789ab",
                          START.plusSeconds(9_000),
                          new NodeId("urn:uuid:" + number),
                          client(number).spRelative(),
                          EnrolmentPath.MAF,
                          Duration.ofDays(1),
                          START.plusSeconds(9_000),
                          new Enrolee.Standing.Active(),
                          Optional.empty(),
                          Optional.empty(),
                          Optional.empty(),
                          START));
              tx.credentials()
                  .add(
                      credential(number, kpm(number), Credential.Kind.KPM),
                      SecretKeyBytes.random());
              return true;
            }));
  }

  private static Credential credential(int number, KeyIdentifier id, Credential.Kind kind) {
    return new Credential(
        id,
        kind,
        FunctionRole.MEF,
        client(number),
        kpm(number),
        "line " + kind,
        Status.PENDING,
        START.plusSeconds(9_000));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void afterAnyWritesMemoryIsAsTheDatabase(long seed) throws Exception {
    Random dice = new Random(seed);
    for (int i = 0; i < CLIENTS; i++) {
      add(i);
    }
    for (int round = 0; round < 60; round++) {
      List<CompletionStage<Boolean>> batch = new ArrayList<>();
      for (int unit = 0; unit <= dice.nextInt(4); unit++) {
        int number = dice.nextInt(CLIENTS);
        boolean fails = dice.nextInt(5) == 0;
        long moves = dice.nextLong();
        batch.add(
            store.write(
                tx -> {
                  change(tx, number, new Random(moves));
                  if (fails) {
                    throw Refusal.INTERNAL_ERROR.of("test");
                  }
                  return true;
                }));
      }
      for (CompletionStage<Boolean> unit : batch) {
        try {
          unit.toCompletableFuture().get();
        } catch (ExecutionException e) {
          assertThat(e).hasMessageContaining("test");
        }
      }
      for (int i = 0; i < CLIENTS; i++) {
        assertSameInMemory(i);
      }
    }
  }

  private static void change(Repositories tx, int number, Random dice) {
    CseId client = client(number);
    for (int i = 0; i <= dice.nextInt(3); i++) {
      List<Credential> credentials = tx.credentials().ofClient(client);
      Credential some = credentials.get(dice.nextInt(credentials.size()));
      List<KeyRegistration> keys = tx.keyRegistrations().ofClient(client);
      List<ClientRegistration> registrations = tx.clientRegistrations().ofClient(client);
      KeyIdentifier fresh = RelativeKeyId.random().at(MEF);
      switch (dice.nextInt(11)) {
        case 0 -> tx.credentials().add(credential(number, fresh, Credential.Kind.KM), secret());
        case 1, 2 -> {
          Credential opener = credential(number, fresh, Credential.Kind.KE);
          KeyRegistration registration = key(number, fresh).ending(opener.expiresAt());
          if (dice.nextBoolean()) {
            tx.keyRegistrations().add(registration, secret(), opener);
          } else {
            tx.keyRegistrations().add(registration, secret());
          }
        }
        case 3 -> {
          Status[] statuses = Status.values();
          Status next = statuses[dice.nextInt(statuses.length)];
          if (some.kind() != Credential.Kind.KPM) {
            tx.credentials().setStatus(some.identity(), next);
          }
        }
        case 4 -> tx.credentials().setExpiry(some.identity(), START.plusSeconds(dice.nextInt(99)));
        case 5 -> {
          if (!keys.isEmpty()) {
            tx.keyRegistrations().remove(keys.get(0).identity());
          }
        }
        case 6 -> {
          if (registrations.isEmpty()) {
            tx.clientRegistrations().add(registration(number, START));
          } else {
            tx.clientRegistrations()
                .update(registration(number, START.plusSeconds(dice.nextInt(9))));
          }
        }
        case 8 ->
            tx.enrolees().setSubscriptionEnd(kpm(number), START.plusSeconds(dice.nextInt(99)));
        case 9 ->
            tx.enrolees()
                .setMinMethod(
                    kpm(number),
                    dice.nextBoolean() ? Optional.of(EnrolmentMethod.RPK) : Optional.empty());
        case 7 -> registrations.forEach(tx.clientRegistrations()::remove);
        default ->
            tx.enrolees()
                .setStanding(kpm(number), new Enrolee.Standing.Revoked(START, "dice " + i));
      }
    }
  }

  private static SecretKeyBytes secret() {
    return SecretKeyBytes.random();
  }

  private static ClientRegistration registration(int number, Instant modified) {
    return new ClientRegistration(
        FunctionRole.MEF,
        "registration-" + number,
        client(number),
        SP,
        List.of("a"),
        START.plusSeconds(60),
        START,
        modified);
  }

  private static KeyRegistration key(int number, KeyIdentifier identity) {
    return new KeyRegistration(
        identity,
        client(number),
        SP,
        KeyUsage.PROVISIONED_FOR_MAF,
        List.of("maf.sp.example.org"),
        List.of(),
        kpm(number),
        false,
        START.plusSeconds(60),
        START,
        START);
  }

  private void assertSameInMemory(int number) throws Exception {
    ClientRecord stored = stored(client(number));
    List<Credential> credentials =
        await(store.lookUp(tx -> tx.credentials().ofClient(client(number))));
    assertThat(credentials)
        .isEqualTo(
            stored.credentials().stream().map(ClientRecord.HeldCredential::credential).toList());
    List<KeyRegistration> keys =
        await(store.lookUp(tx -> tx.keyRegistrations().ofClient(client(number))));
    assertThat(keys)
        .isEqualTo(stored.keys().stream().map(ClientRecord.HeldKey::registration).toList());
    List<ClientRegistration> registrations =
        await(store.lookUp(tx -> tx.clientRegistrations().ofClient(client(number))));
    assertThat(registrations).isEqualTo(stored.registrations());
    Optional<Enrolee> enrolee = await(store.lookUp(tx -> tx.enrolees().find(kpm(number))));
    assertThat(enrolee).isEqualTo(stored.enrolee());
    for (ClientRecord.HeldKey held : stored.keys()) {
      KeyIdentifier id = held.registration().identity();
      Optional<SecretKeyBytes> key = await(store.lookUp(tx -> tx.keyRegistrations().key(id)));
      assertThat(key)
          .contains(store.sealer().open(held.sealedKey(), "key_registration.sealed_key/" + id));
    }
    for (ClientRecord.HeldCredential held : stored.credentials()) {
      KeyIdentifier id = held.credential().identity();
      Optional<SecretKeyBytes> key = await(store.lookUp(tx -> tx.credentials().key(id)));
      assertThat(key.isPresent()).isEqualTo(held.sealedKey() != null);
    }
  }

  @Test
  void whatIsKnownIsAnsweredOnTheCallersThread() throws Exception {
    add(1);
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    UnitOfWork<Repositories, Boolean> work =
        tx -> {
          boolean found = tx.credentials().key(kpm(1)).isPresent();
          threads.add(Thread.currentThread());
          return found;
        };
    assertThat(await(store.lookUp(work))).isTrue();
    assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
    assertThat(store.lookUp(work).toCompletableFuture()).isCompletedWithValue(true);
    assertThat(threads).hasSize(2).endsWith(Thread.currentThread());
  }

  /** Asked before every request of a node: with and without a minimum it costs no statement. */
  @Test
  void whetherAMethodWillDoIsKnownToo() throws Exception {
    add(1);
    MethodCheck check = new MethodCheck(MethodPolicy.DEFAULT, Set.of());
    UnitOfWork<Repositories, Optional<String>> work =
        tx -> check.obstacle(tx, tx.credentials().find(kpm(1)).orElseThrow());
    assertThat(await(store.lookUp(work))).isEmpty();
    assertThat(store.lookUp(work).toCompletableFuture()).isCompletedWithValue(Optional.empty());

    await(
        store.write(
            tx -> {
              tx.enrolees().setMinMethod(kpm(1), Optional.of(EnrolmentMethod.RPK));
              return true;
            }));
    assertThat(store.lookUp(work).toCompletableFuture())
        .isCompletedWithValue(Optional.of("psk is below the enrolee's minimum, rpk"));
  }

  @Test
  void whatAFailedUnitOfWorkChangedIsForgotten() throws Exception {
    add(1);
    Optional<Credential> inMemory = await(store.read(tx -> tx.credentials().find(kpm(1))));
    assertThat(inMemory).isPresent();
    CompletionStage<Boolean> failed =
        store.write(
            tx -> {
              tx.credentials().setStatus(kpm(1), Status.REVOKED);
              throw Refusal.INTERNAL_ERROR.of("test");
            });
    assertThat(failed.toCompletableFuture()).failsWithin(Duration.ofSeconds(20));
    assertThat(await(store.write(tx -> tx.credentials().find(kpm(1)))).orElseThrow().status())
        .isEqualTo(Status.PENDING);
  }
}
