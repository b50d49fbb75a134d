// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.asn.vault.SampleApplications.C1;
import static org.mooring.asn.vault.SampleApplications.C2;
import static org.mooring.asn.vault.SampleApplications.associated;
import static org.mooring.asn.vault.SampleApplications.instance;
import static org.mooring.asn.vault.SampleApplications.sharing;
import static org.mooring.asn.vault.SampleApplications.token;
import static org.mooring.asn.vault.SampleApplications.tokenUntil;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;

/** Instances of applications in the vault, and the orders that other processes leave. */
class AppInstancesTest {
  private static final KeyIdentifier KM = KeyIdentifier.parse("km@maf.sp.example.org");

  @TempDir Path folder;

  private static NodeState withInstance(AppInstance instance) {
    return SampleState.full().toBuilder().appInstances(AppInstances.NONE.with(instance)).build();
  }

  private static NodeState read(FileVault vault) {
    return vault.read().orElseThrow();
  }

  @Test
  void whatIsInTheVaultComesBackAsItWas() {
    AppInstance refused =
        associated("C1", KM).refused(new AppSetback("4103", 2, SampleState.NOW.plusSeconds(60)));
    FileVault vault = FileVault.in(folder);

    for (AppInstance instance :
        new AppInstance[] {
          instance(C1, token()),
          instance(C1, sharing(CredentialShare.APP)),
          instance(C1, token()).askedFor(),
          associated("C1", KM),
          refused,
          refused.parting()
        }) {
      vault.write(withInstance(instance));

      assertThat(FileVault.in(folder).read().orElseThrow().appInstances())
          .usingRecursiveComparison()
          .isEqualTo(AppInstances.NONE.with(instance));
    }
  }

  @Test
  void aVaultOfAnEarlierVersionHasTokensThatShareWithNobody() {
    Attributes kept = AppInstanceCodec.write(instance(C1, sharing(CredentialShare.APP)));
    Attributes token = kept.members("token").orElseThrow().without(Set.of("share"));

    AppInstance read = AppInstanceCodec.read("C1", kept.toBuilder().put("token", token).build());

    assertThat(read.token().share()).isEqualTo(CredentialShare.NONE);
  }

  @Test
  void anOrderWaitsSealedUntilItIsCarriedOut() throws Exception {
    FileVault.in(folder).write(SampleState.full());
    ApplicationToken token = token();

    FileVault.in(folder)
        .applicationOrders()
        .place(new ApplicationOrder.Install(instance(C1, token)));

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .filteredOn(file -> file.getFileName().toString().startsWith("order-"))
          .singleElement()
          .satisfies(
              file ->
                  assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                      .startsWith("MVLT")
                      .doesNotContain("Nmeter")
                      .doesNotContain(
                          new String(token.secret().toByteArray(), StandardCharsets.ISO_8859_1)));
    }
    FileVault running = FileVault.in(folder);
    StateKeeper keeper = new StateKeeper(running, read(running));
    assertThat(running.applicationOrders().carryOut(keeper)).contains(List.of());
    assertThat(running.applicationOrders().carryOut(keeper)).isEmpty();
    assertThat(read(FileVault.in(folder)).appInstances().find(C1).orElseThrow().token())
        .isEqualTo(HeldToken.of(token));
  }

  @Test
  void ordersAreCarriedOutInTheOrderInWhichTheyWereLeft() {
    FileVault vault = FileVault.in(folder);
    vault.write(SampleState.full());
    ApplicationOrders orders = vault.applicationOrders();
    orders.place(new ApplicationOrder.Install(instance(C1, token())));
    orders.place(new ApplicationOrder.Install(instance(C2, token())));
    orders.place(new ApplicationOrder.Remove(C1));

    assertThat(orders.applyTo(AppInstances.NONE).all())
        .extracting(AppInstance::id)
        .containsExactly(C2);
  }

  /** What a power cut between the vault and the deletion of the order leaves. */
  @Test
  void anOrderThatIsCarriedOutTwiceChangesNothing() {
    ApplicationToken token = token();
    ApplicationOrder install = new ApplicationOrder.Install(instance(C1, token));
    AppInstance associated =
        instance(C1, token).associated(associated("C1", KM).key().orElseThrow());

    AppInstances once = AppInstances.NONE.with(associated);

    assertThat(install.applyTo(once).find(C1).orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(associated);
    ApplicationOrder remove = new ApplicationOrder.Remove(C2);
    assertThat(remove.applyTo(once).all()).hasSize(1);
  }

  @Test
  void anEmptyVaultTakesOrdersForItsFirstRun() {
    FileVault.in(folder)
        .applicationOrders()
        .place(new ApplicationOrder.Install(instance(C1, token())));

    FileVault first = FileVault.in(folder);
    StateKeeper keeper = new StateKeeper(first, SampleState.factory());
    assertThat(first.applicationOrders().carryOut(keeper)).isPresent();

    assertThat(keeper.state().appInstances().find(C1)).isPresent();
  }

  @Test
  void ordersThatWaitAreCarriedOutBeforeSomethingElseSealsTheVault() {
    FileVault vault = FileVault.in(folder);
    vault.write(SampleState.full());
    vault.applicationOrders().place(new ApplicationOrder.Install(instance(C1, token())));

    FileVault resealed = vault.reseal(SecureEnvironment.machineId(folder));

    assertThat(read(resealed).appInstances().find(C1)).isPresent();
    assertThat(resealed.applicationOrders().waiting()).isEmpty();
  }

  @Test
  void aDamagedOrderIsSetAsideAndToldOfAndHoldsNoOtherUp() throws Exception {
    FileVault vault = FileVault.in(folder);
    vault.write(SampleState.full());
    Path damaged = folder.resolve("order-000000000001.bin");
    Files.write(damaged, Files.readAllBytes(folder.resolve("vault.bin")));
    vault.applicationOrders().place(new ApplicationOrder.Install(instance(C2, token())));
    StateKeeper keeper = new StateKeeper(vault, read(vault));

    List<String> told = vault.applicationOrders().carryOut(keeper).orElseThrow();

    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("app: order unreadable-order-000000000001.bin is not carried out")
        .contains("vault: damaged");
    assertThat(keeper.state().appInstances().find(C2)).isPresent();
    assertThat(damaged).doesNotExist();
    assertThat(vault.applicationOrders().carryOut(keeper)).isEmpty();

    vault.erase();
    assertThat(folder.resolve("unreadable-order-000000000001.bin")).doesNotExist();
  }

  @Test
  void whatAPowerCutLeftOfAnOrderIsErasedToo() throws Exception {
    Path half = Files.createFile(folder.resolve("order-000000000001.bin.12ab.new"));

    FileVault.in(folder).erase();

    assertThat(half).doesNotExist();
  }

  @Test
  void anInstanceThatWasAskedForStaysUntilTheMafGaveItUp() {
    AppInstances asked = AppInstances.NONE.with(instance(C1, token()).askedFor());

    AppInstances parting = asked.parting(C1);

    assertThat(parting.find(C1).orElseThrow().isLeaving()).isTrue();
    assertThat(parting.givenUp(C1).all()).isEmpty();
    AppInstances again = parting.installed(instance(C1, token()));
    assertThat(again.givenUp(C1).find(C1).orElseThrow().isLeaving()).isFalse();
  }

  @Test
  void anotherTokenLeavesTheKeyBeforeInPlaceAndIsAskedForAtOnce() {
    AppInstance associated = associated("C1", KM);
    ApplicationToken next = token();

    AppInstance again =
        AppInstances.NONE.with(associated).installed(instance(C1, next)).find(C1).orElseThrow();

    assertThat(again.key()).isEqualTo(associated.key());
    assertThat(again.isAssociated()).isFalse();
    assertThat(again.dueFrom(km(KM))).isEqualTo(SampleState.NOW);
  }

  @Test
  void anotherProviderFindsTheInstancesWithoutTheirKeysAndWithoutThoseOnTheirWayOut() {
    NodeState former =
        SampleState.full().toBuilder()
            .appInstances(
                AppInstances.NONE.with(associated("C1", KM)).with(associated("C2", KM).parting()))
            .build();

    AppInstances inherited =
        SampleState.factory().toBuilder().inherit(former).build().appInstances();

    assertThat(inherited.all())
        .singleElement()
        .satisfies(only -> assertThat(only.key()).isEmpty())
        .extracting(AppInstance::id)
        .isEqualTo(C1);
  }

  @Test
  void anInstanceIsDueWhileItsKeyIsOfAnotherKmOrThereIsNone() {
    AppInstance associated = associated("C1", KM);
    HeldKey next = km(KeyIdentifier.parse("next@maf.sp.example.org"));

    assertThat(associated.dueFrom(km(KM)))
        .isEqualTo(associated.key().orElseThrow().lease().renewAt());
    assertThat(associated.dueFrom(next)).isEqualTo(SampleState.NOW);
    assertThat(
            associated
                .refused(new AppSetback("4103", 1, SampleState.NOW.plusSeconds(9)))
                .dueFrom(next))
        .isEqualTo(SampleState.NOW.plusSeconds(9));
    assertThat(
            associated
                .refused(new AppSetback("4103", 1, associated.token().validity().until()))
                .dueFrom(next))
        .isEqualTo(M2mTimestamp.NEVER);
  }

  @Test
  void aKeyThatEndsWithKmOrWithItsTokenIsDueAtItsEnd() {
    HeldKey ka = associated("C1", KM).key().orElseThrow();
    Instant end = ka.lease().expires();
    AppInstance shortLived = instance(C1, tokenUntil(end.plusSeconds(1))).associated(ka);

    assertThat(associated("C1", KM).dueFrom(km(KM, end.plusSeconds(1)))).isEqualTo(end);
    assertThat(associated("C1", KM).dueFrom(km(KM, end.plusSeconds(2)))).isBefore(end);
    assertThat(shortLived.dueFrom(km(KM)))
        .as("another token is needed")
        .isEqualTo(M2mTimestamp.NEVER);
  }

  private static HeldKey km(KeyIdentifier id) {
    return km(id, M2mTimestamp.NEVER);
  }

  private static HeldKey km(KeyIdentifier id, Instant end) {
    return new HeldKey(id, SecretKeyBytes.random(), id, new Lease(end, end));
  }
}
