// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.asn.vault.NodeStage;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.PreProvisionedKey;
import org.mooring.asn.vault.Rung;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.EnrolmentPath;

/** Nodes that came with a Km or a Kpsa and never meet a MEF (TS-0003 clauses 8.8.3.1, 8.2.2.1). */
class PreProvisionedNodeTest extends NodeLife {
  private static final KeyIdentifier KM_ID = KeyIdentifier.parse("pump@maf.sp.example.org");
  private static final KeyIdentifier KPSA_ID = KeyIdentifier.parse("test@onem2m.com");
  private final SecretKeyBytes key = SecretKeyBytes.random();

  private NodeState withKm(FakeProvider provider) {
    provider.provision(FakeProvider.MAF, KM_ID, key);
    return NodeState.factory(given(provider, KM_ID, Rung.MAF));
  }

  private NodeState withKpsa(FakeProvider provider) {
    provider.provision(FakeProvider.REGISTRAR, KPSA_ID, key);
    return NodeState.factory(given(provider, KPSA_ID, Rung.ASSOCIATION));
  }

  private PreProvisionedKey given(FakeProvider provider, KeyIdentifier id, Rung rung) {
    return new PreProvisionedKey(
        id, key, rung, M2mTimestamp.NEVER, provider.configuration(), "127.0.0.1", 5684);
  }

  @Test
  void aKmIsWhereTheWayBegins() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    NodeState factory = withKm(provider);
    assertThat(factory.stage(FakeProvider.NOW)).isEqualTo(NodeStage.AUTHENTICATED);

    NodeState state = registered(start(provider, new MemoryVault(), factory));

    assertThat(stepIds()).containsExactly("authenticate", "associate", "register-cse");
    assertThat(state.key(Rung.MAF)).hasValueSatisfying(km -> assertThat(km.id()).isEqualTo(KM_ID));
    assertThat(state.key(Rung.ASSOCIATION))
        .hasValueSatisfying(kc -> assertThat(kc.parent()).isEqualTo(KM_ID));
    assertThat(provider.handshakes).noneMatch(one -> one.startsWith(FakeProvider.MEF.value()));
  }

  @Test
  void aKpsaOpensTheAssociation() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.DIRECT);
    NodeState factory = withKpsa(provider);
    assertThat(factory.stage(FakeProvider.NOW)).isEqualTo(NodeStage.ASSOCIATED);

    NodeState state = registered(start(provider, new MemoryVault(), factory));

    assertThat(stepIds()).containsExactly("register-cse");
    assertThat(provider.handshakes).containsExactly(FakeProvider.REGISTRAR + " " + KPSA_ID);
    assertThat(state.stage(FakeProvider.NOW)).isEqualTo(NodeStage.REGISTERED);
  }

  @Test
  void aRegisteredNodeRestsAndItsNextStartIsOneHandshake() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    MemoryVault vault = new MemoryVault();
    Node first = start(provider, vault, withKm(provider));
    registered(first);
    first.close();
    provider.handshakes.clear();

    registered(start(provider, vault));

    await()
        .during(Duration.ofMillis(100))
        .until(() -> provider.handshakes.size() == 1 && troubles.isEmpty());
  }

  @Test
  void whatEndsIsRenewedFromTheKm() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    MemoryVault vault = new MemoryVault();
    Node first = start(provider, vault, withKm(provider));
    KeyIdentifier kc = registered(first).key(Rung.ASSOCIATION).orElseThrow().id();
    first.close();
    clock = () -> FakeProvider.NOW.plus(provider.lifetime).minusSeconds(60);

    Node second = start(provider, vault);
    registered(second);

    await()
        .until(
            () -> {
              KeyIdentifier now = second.state().key(Rung.ASSOCIATION).orElseThrow().id();
              return !now.equals(kc);
            });
    assertThat(second.state().key(Rung.MAF).orElseThrow().id()).isEqualTo(KM_ID);
  }

  @Test
  void aKmThatDoesNotFitIsTriedAgainAndAgain() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    refuseAtFirst(provider);

    NodeState state = registered(start(provider, new MemoryVault(), withKm(provider)));

    assertThat(state.key(Rung.MAF).orElseThrow().id()).isEqualTo(KM_ID);
  }

  @Test
  void aKpsaThatDoesNotFitIsTriedAgainAndAgain() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.DIRECT);
    refuseAtFirst(provider);

    registered(start(provider, new MemoryVault(), withKpsa(provider)));

    assertThat(provider.handshakes).containsOnly(FakeProvider.REGISTRAR + " " + KPSA_ID);
  }

  private static void refuseAtFirst(FakeProvider provider) {
    AtomicInteger handshakes = new AtomicInteger();
    provider.mischief =
        new Mischief() {
          @Override
          public Optional<Stage> handshake(Fqdn function, KeyIdentifier identity) {
            return handshakes.getAndIncrement() < 2 * NodeState.FAILURES_TO_LOSE_A_RUNG
                ? Optional.of(Stage.LAST_FLIGHT)
                : Optional.empty();
          }
        };
  }

  @Test
  void anotherKeyFromTheFactoryBeginsAnewAndTheSameOneGoesOn() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    Node node = start(provider, new MemoryVault(), withKm(provider));
    NodeState state = registered(node);
    PreProvisionedKey same = given(provider, KM_ID, Rung.MAF).reachedAt("10.0.0.1", 1);
    PreProvisionedKey other =
        given(provider, KeyIdentifier.parse("other@maf.sp.example.org"), Rung.MAF);

    assertThat(state.toBuilder().factory(same).build().key(Rung.ASSOCIATION))
        .isEqualTo(state.key(Rung.ASSOCIATION));
    NodeState anew = state.toBuilder().factory(other).build();
    assertThat(anew.key(Rung.ASSOCIATION)).isEmpty();
    assertThat(anew.key(Rung.MAF).orElseThrow().id()).isEqualTo(other.id());
    assertThat(anew.stage(FakeProvider.NOW)).isEqualTo(NodeStage.AUTHENTICATED);
  }
}
