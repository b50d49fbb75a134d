// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.SpId;
import org.mooring.in.audit.AuditRecord;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Repositories;
import org.mooring.in.store.Store;
import org.mooring.in.store.StoreSettings;
import org.mooring.in.transaction.UnitOfWork;

/** What the store says of names, the zone comes to say too. */
class NameProvisioningTest {
  private static final ServiceProvider PROVIDER =
      new ServiceProvider(
          SpId.parse("//sp.example.org"),
          new Fqdn("mef.sp.example.org"),
          new Fqdn("maf.sp.example.org"),
          new CseId("/id-in"),
          "cse-in",
          List.of(),
          new ServiceProvider.Lifetimes(
              Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1)));
  private static final CseId PUMP = new CseId("/pump");
  private static final CseId VALVE = new CseId("/valve");
  private static final String PUMP_NAME = "pump.id-in.sp.example.org";
  private static final String VALVE_NAME = "valve.id-in.sp.example.org";
  private static final Duration EVERY = Duration.ofMillis(20);
  private static final String HOST = "192.0.2.1";

  private final FakeZone zone = new FakeZone();
  private volatile Instant time = Instant.parse("2026-03-01T12:00:00Z");
  private Store store;
  private NameProvisioning provisioning;

  @BeforeEach
  void start(@TempDir Path folder) {
    store = Store.open(StoreSettings.in(folder.resolve("data")), () -> time);
    provisioning = provisioning(HOST);
  }

  @AfterEach
  void stop() {
    provisioning.close();
    store.close();
  }

  private NameProvisioning provisioning(String host) {
    return new NameProvisioning(store, PROVIDER, zone, host, false, () -> time).started(EVERY);
  }

  private <T> T does(UnitOfWork<Repositories, T> work) {
    return store.write(work).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private void offer(CseId... cses) {
    does(
        tx -> {
          Stream.of(cses).forEach(tx.publicNames()::offer);
          return true;
        });
  }

  private void withdraw(CseId cse) {
    does(
        tx -> {
          tx.publicNames().withdraw(cse);
          return true;
        });
  }

  private void pass(Duration duration) {
    time = time.plus(duration);
  }

  private List<String> audited(CseId cse) {
    return does(tx -> tx.auditLog().latest(100)).stream()
        .filter(entry -> entry.subject().equals(cse.value()))
        .map(AuditRecord::action)
        .toList();
  }

  private static void soon(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
  }

  private void isSettled() {
    soon(
        () ->
            assertThat(provisioning.standing())
                .isEqualTo(new NameProvisioning.Standing(0, 0, Optional.empty())));
  }

  @Test
  void aNameStandsInTheZoneWhileItIsOffered() throws UnknownHostException {
    offer(PUMP);
    soon(() -> assertThat(zone.names()).containsExactly(PUMP_NAME));
    assertThat(zone.addresses(PUMP_NAME)).containsExactly(InetAddress.getByName(HOST));
    isSettled();

    withdraw(PUMP);
    soon(() -> assertThat(zone.names()).isEmpty());
    isSettled();
    assertThat(audited(PUMP)).containsExactly("PUBLIC_NAME_ADDED", "PUBLIC_NAME_REMOVED");
  }

  @Test
  void namesWaitWhileTheServerIsAway() {
    zone.setAway(true);
    offer(PUMP);
    offer(VALVE);
    soon(
        () -> {
          assertThat(provisioning.standing().pending()).isEqualTo(2);
          assertThat(provisioning.standing().problem())
              .hasValueSatisfying(problem -> assertThat(problem).contains("gives no answer"));
        });
    assertThat(zone.asked()).hasSize(1);

    zone.setAway(false);
    withdraw(PUMP);
    pass(Duration.ofSeconds(1));

    soon(() -> assertThat(zone.names()).containsExactly(VALVE_NAME));
    isSettled();
    assertThat(audited(PUMP)).isEmpty();
  }

  /** Each of them comes first in its turn: none keeps the others from being told. */
  @Test
  void aServerThatFailsOnOneNameTakesTheOthers() {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    zone.whenAsked(() -> zone.setAway(zone.asked().get(zone.asked().size() - 1).equals(PUMP_NAME)));
    offer(PUMP);
    offer(VALVE);

    soon(
        () -> {
          if (!isFirst.getAndSet(false)) {
            pass(Duration.ofMinutes(5));
          }
          assertThat(zone.names()).containsExactly(VALVE_NAME);
        });
  }

  @Test
  void aRestartLosesNothing() {
    zone.setAway(true);
    offer(PUMP);
    soon(() -> assertThat(provisioning.standing().problem()).isPresent());
    provisioning.close();

    zone.setAway(false);
    provisioning = provisioning(HOST);

    soon(() -> assertThat(zone.names()).containsExactly(PUMP_NAME));
    isSettled();
  }

  @Test
  void aNameThatIsRefusedHoldsUpNoOther() {
    zone.refuse(PUMP_NAME);
    offer(PUMP, VALVE);
    soon(
        () ->
            assertThat(provisioning.standing())
                .isEqualTo(new NameProvisioning.Standing(0, 1, Optional.empty())));
    assertThat(zone.names()).containsExactly(VALVE_NAME);

    pass(Duration.ofSeconds(10));
    soon(() -> assertThat(zone.asked()).filteredOn(PUMP_NAME::equals).hasSize(2));
    zone.allow(PUMP_NAME);
    pass(Duration.ofHours(1));

    soon(() -> assertThat(zone.names()).containsExactly(PUMP_NAME, VALVE_NAME));
    isSettled();
    assertThat(audited(PUMP)).containsExactly("PUBLIC_NAME_REFUSED", "PUBLIC_NAME_ADDED");
  }

  @Test
  void aCseIdWithoutADomainNameIsTold() {
    offer(new CseId("/pump_7"));

    soon(() -> assertThat(provisioning.standing().failed()).isEqualTo(1));
    assertThat(does(tx -> tx.auditLog().latest(1)).get(0).detail().text("reason"))
        .contains("the CSE-ID can not stand in a domain name: assign another");
    withdraw(new CseId("/pump_7"));
    isSettled();
  }

  @Test
  void whatChangesWhileTheServerIsAskedIsToldNext() {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    zone.whenAsked(
        () -> {
          if (isFirst.getAndSet(false)) {
            pass(Duration.ofMillis(1));
            withdraw(PUMP);
          }
        });
    offer(PUMP);

    soon(() -> assertThat(zone.asked()).hasSize(2));
    isSettled();
    assertThat(zone.names()).isEmpty();
  }

  @Test
  void otherAddressesCountFromTheNextStartOn() throws UnknownHostException {
    offer(PUMP);
    soon(() -> assertThat(zone.names()).containsExactly(PUMP_NAME));
    isSettled();
    provisioning.close();
    pass(Duration.ofSeconds(1));

    provisioning = provisioning("2001:db8::1");

    InetAddress other = InetAddress.getByName("2001:db8::1");
    soon(() -> assertThat(zone.addresses(PUMP_NAME)).containsExactly(other));
  }

  @Test
  void aNameIsToldAgainEachDay() {
    offer(PUMP);
    soon(() -> assertThat(zone.names()).containsExactly(PUMP_NAME));
    isSettled();
    int asked = zone.asked().size();

    pass(Duration.ofDays(1));

    soon(() -> assertThat(zone.asked()).hasSize(asked + 1));
    assertThat(audited(PUMP)).containsExactly("PUBLIC_NAME_ADDED");
  }

  @Test
  void aPublicHostWithoutAnAddressHasNamesWait() {
    provisioning.close();
    provisioning = provisioning("nowhere.invalid");
    offer(PUMP);

    soon(
        () ->
            assertThat(provisioning.standing().problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("--public-host")));
    assertThat(zone.asked()).isEmpty();
  }
}
