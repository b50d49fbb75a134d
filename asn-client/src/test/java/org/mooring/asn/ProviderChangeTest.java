// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.asn.ServiceSubscriptions.Outcome;
import org.mooring.asn.command.CommandSettings;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.FactoryCredentials;
import org.mooring.asn.vault.NodeStage;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.SampleState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.EndpointCredential;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.EnrolmentPath;

/**
 * A node moves from one provider to another (seed 003 clause 4: the subscription is intended to be
 * modified), or somebody asks for its enrolment (clauses 5 and 6).
 */
class ProviderChangeTest {
  private static final Fqdn OLD_MEF = new Fqdn("mef.sp.example.org");
  private static final Fqdn NEW_MEF = new Fqdn("mef.next.example.org");
  private static final PointOfAccess ANYWHERE = new PointOfAccess("127.0.0.1", 5684);
  private static final BootstrapCredential OLD_KPM = kpm(OLD_MEF);
  private static final BootstrapCredential NEW_KPM = kpm(NEW_MEF);
  private static final Attributes AE = Attributes.builder().put("ri", "Cdemo").build();

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
  private final List<ServiceSubscriptions> nodes = new ArrayList<>();
  private final List<String> news = new CopyOnWriteArrayList<>();

  private static BootstrapCredential kpm(Fqdn mef) {
    return new BootstrapCredential(
        new KeyIdentifier("kpm", mef), SecretKeyBytes.random(), mef, "127.0.0.1", 5684);
  }

  private final class News implements SubscriptionListener {
    @Override
    public void registered(NodeState state) {
      news.add("registered");
    }

    @Override
    public void moving(Fqdn mef) {
      news.add("moving to " + mef);
    }

    @Override
    public void moved(NodeState present) {
      news.add("moved to " + present.configuration().orElseThrow().registrar());
    }

    @Override
    public void left(String provider, boolean complete) {
      news.add("left " + provider + (complete ? "" : " in part"));
    }
  }

  /** Both providers behind one network. */
  private record Providers(FakeProvider old, FakeProvider next) implements SecureEndpointFactory {
    static Providers onPath(EnrolmentPath path) {
      return new Providers(
          new FakeProvider(path, OLD_KPM.id(), OLD_KPM.key()),
          new FakeProvider("next.example.org", path, NEW_KPM.id(), NEW_KPM.key()));
    }

    @Override
    public SecureEndpoint open(InetSocketAddress server, Fqdn name, EndpointCredential credential) {
      boolean isNext = name.value().endsWith(".next.example.org");
      return (isNext ? next : old).open(server, name, credential);
    }

    @Override
    public void close() {}
  }

  @AfterEach
  void stop() {
    nodes.forEach(ServiceSubscriptions::close);
    scheduler.shutdownNow();
  }

  private ServiceSubscriptions node(Providers providers, MemoryProviderVault vault) {
    NodeState fresh = NodeState.factory(OLD_KPM);
    ServiceSubscriptions node =
        new ServiceSubscriptions(
            providers,
            vault,
            new StateKeeper(vault, vault.read().orElse(fresh)),
            InstantSource.fixed(FakeProvider.NOW),
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(8)),
            scheduler,
            new News(),
            CommandSettings.DEFAULT,
            Duration.ofMillis(20));
    nodes.add(node);
    return node;
  }

  private ServiceSubscriptions registeredNode(Providers providers, MemoryProviderVault vault)
      throws Exception {
    ServiceSubscriptions node = node(providers, vault);
    node.start();
    node.registered().toCompletableFuture().get(10, TimeUnit.SECONDS);
    return node;
  }

  private static Optional<Fqdn> mefOf(ServiceSubscriptions node) {
    return node.keeper().state().configuration().map(known -> known.mef());
  }

  private static List<Operation> deletions(FakeProvider provider) {
    return List.copyOf(provider.requests).stream()
        .map(RequestPrimitive::operation)
        .filter(operation -> operation == Operation.DELETE)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(EnrolmentPath.class)
  void staysUntilItIsRegisteredAtTheNextProviderAndThenLeaves(EnrolmentPath path) throws Exception {
    Providers providers = Providers.onPath(path);
    MemoryProviderVault vault = new MemoryProviderVault();
    ServiceSubscriptions node = registeredNode(providers, vault);
    node.keeper().update(state -> state.toBuilder().application("Cdemo", AE).build());

    vault.successor().fill(NodeState.factory(NEW_KPM));

    await().until(() -> news.contains("left //sp.example.org/id-in"));
    assertThat(news)
        .containsExactly(
            "registered",
            "moving to mef.next.example.org",
            "moved to //next.example.org/id-in",
            "registered",
            "left //sp.example.org/id-in");
    assertThat(providers.old().hasRemoteCse()).isFalse();
    assertThat(deletions(providers.old())).hasSize(path == EnrolmentPath.MAF ? 5 : 3);
    NodeState state = vault.read().orElseThrow();
    assertThat(state.stage(FakeProvider.NOW)).isEqualTo(NodeStage.REGISTERED);
    assertThat(state.applications()).containsKey("Cdemo");
    assertThat(state.factory()).isEqualTo(NEW_KPM);
    assertThat(vault.former().isFilled()).isFalse();
    assertThat(vault.successor().isFilled()).isFalse();
  }

  @Test
  void servesAtThePresentProviderWhileTheNextOneIsAway() throws Exception {
    Providers providers = Providers.onPath(EnrolmentPath.MAF);
    providers.next().mischief = away();
    MemoryProviderVault vault = new MemoryProviderVault();
    ServiceSubscriptions node = registeredNode(providers, vault);

    vault.successor().fill(NodeState.factory(NEW_KPM));
    await().until(() -> providers.next().handshakes.size() > 3);

    assertThat(mefOf(node)).contains(OLD_MEF);
    assertThat(providers.old().hasRemoteCse()).isTrue();
    assertThat(deletions(providers.old())).isEmpty();
  }

  @Test
  void destroysWhatItHadAlsoWhereTheFormerProviderIsGone() throws Exception {
    Providers providers = Providers.onPath(EnrolmentPath.MAF);
    MemoryProviderVault vault = new MemoryProviderVault();
    registeredNode(providers, vault);
    providers.old().mischief = away();

    vault.successor().fill(NodeState.factory(NEW_KPM));

    await().until(() -> news.contains("left //sp.example.org/id-in in part"));
    assertThat(vault.former().isFilled()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(EnrolmentPath.class)
  void aPowerCutAtAnyChangeOfTheVaultEndsWithTheNextProvider(EnrolmentPath path) {
    int cuts = 0;
    boolean cut = true;
    for (int change = 1; cut; change++) {
      news.clear();
      Providers providers = Providers.onPath(path);
      MemoryProviderVault dying = new MemoryProviderVault(change);
      String end = "left //sp.example.org/id-in";
      boolean begun = begin(providers, dying);
      await().until(() -> dying.isDead() || news.contains(end));
      nodes.forEach(ServiceSubscriptions::close);
      cut = dying.isDead();
      cuts += cut ? 1 : 0;

      MemoryProviderVault after = dying.repowered();
      if (begun) {
        assertThat(hasAWorkingCredential(after)).isTrue();
      }
      ServiceSubscriptions node = node(providers, after);
      if (mefOf(node).filter(NEW_MEF::equals).isEmpty()) {
        after.successor().fill(NodeState.factory(NEW_KPM));
      }
      node.start();

      String cutAt = "cut at change " + change;
      await(cutAt).until(() -> mefOf(node).filter(NEW_MEF::equals).isPresent());
      await(cutAt).until(() -> !after.former().isFilled() && !after.successor().isFilled());
      await(cutAt).until(() -> !providers.old().hasRemoteCse() && providers.next().hasRemoteCse());
      node.close();
    }
    assertThat(cuts).isGreaterThanOrEqualTo(path == EnrolmentPath.MAF ? 28 : 19);
  }

  /** Registers and orders the move, as far as the power lasts. */
  private boolean begin(Providers providers, MemoryProviderVault dying) {
    ServiceSubscriptions node = node(providers, dying);
    node.start();
    await().until(() -> dying.isDead() || node.registered().toCompletableFuture().isDone());
    if (dying.isDead()) {
      return false;
    }
    try {
      dying.successor().fill(NodeState.factory(NEW_KPM));
    } catch (RuntimeException e) {
      // Cut off in the order itself, which may have reached the disk.
    }
    return true;
  }

  private static boolean hasAWorkingCredential(MemoryProviderVault vault) {
    NodeState state = vault.read().orElseThrow();
    return state.isUsable(state.associationRung(), FakeProvider.NOW);
  }

  @Test
  void anEnrolmentForAMefWithoutACredentialIsRefused() throws Exception {
    Providers providers = Providers.onPath(EnrolmentPath.MAF);
    ServiceSubscriptions node = registeredNode(providers, new MemoryProviderVault());

    assertThat(node.enrolAt(NEW_MEF, ANYWHERE)).isEqualTo(Outcome.NO_CREDENTIAL);
    assertThat(providers.next().handshakes).isEmpty();
  }

  @Test
  void ofSeveralCredentialsTheNextProviderGetsThoseItCanKnow() throws Exception {
    Providers providers = Providers.onPath(EnrolmentPath.MAF);
    ServiceSubscriptions node = registeredNode(providers, new MemoryProviderVault());
    FactoryCredentials both = FactoryCredentials.of(List.of(OLD_KPM, SampleState.certificate()));
    node.keeper().update(state -> state.toBuilder().factory(both).build());
    FactoryCredentials known = both.at(NEW_MEF, "127.0.0.1", 5684).orElseThrow();
    providers.next().trust(known.inUse().id());

    assertThat(node.enrolAt(NEW_MEF, ANYWHERE)).isEqualTo(Outcome.ENROLS);

    await().until(() -> mefOf(node).equals(Optional.of(NEW_MEF)));
    NodeState moved = node.keeper().state();
    assertThat(moved.factories()).isEqualTo(known);
    assertThat(moved.leftBehind()).containsExactlyInAnyOrderElementsOf(both.ids());
  }

  @Test
  void anEnrolmentAtThePresentMefRenewsEverythingWhileTheAssociationStands() throws Exception {
    Providers providers = Providers.onPath(EnrolmentPath.MAF);
    ServiceSubscriptions node = registeredNode(providers, new MemoryProviderVault());
    NodeState before = node.keeper().state();

    assertThat(node.enrolAt(OLD_MEF, ANYWHERE)).isEqualTo(Outcome.ENROLS);

    await()
        .untilAsserted(
            () -> {
              NodeState now = node.keeper().state();
              for (Rung rung : List.of(Rung.ENROLMENT, Rung.MAF, Rung.ASSOCIATION)) {
                assertThat(now.key(rung)).isPresent().isNotEqualTo(before.key(rung));
              }
            });
  }

  @Test
  void aNodeOnDemandWaitsUntilItIsAskedFor() {
    Providers providers = Providers.onPath(EnrolmentPath.MAF);
    ServiceSubscriptions node = node(providers, new MemoryProviderVault());
    node.startOnDemand();
    assertThat(providers.old().handshakes).isEmpty();

    assertThat(node.enrolAt(OLD_MEF, ANYWHERE)).isEqualTo(Outcome.ENROLS);

    await().until(() -> news.contains("registered"));
  }

  private static Mischief away() {
    return new Mischief() {
      @Override
      public Optional<Stage> handshake(Fqdn function, KeyIdentifier identity) {
        return Optional.of(Stage.NO_ANSWER);
      }
    };
  }
}
