// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.asn.vault.HeldKeys;
import org.mooring.asn.vault.MefCredential;
import org.mooring.asn.vault.NodeStage;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.PreProvisionedKey;
import org.mooring.asn.vault.PreProvisionedKeyPair;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.SampleState;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.EnrolmentPath;

/**
 * Nodes that came with a Km, a Kpsa, a certificate or a public key for the function that shares it,
 * and never meet a MEF (TS-0003 clauses 8.8.3.1, 8.2.2.1 and 8.2.2.2).
 */
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

  private static NodeState with(MefCredential kind, FakeProvider provider) {
    PreProvisionedKeyPair pair = SampleState.keyPair(kind, provider.configuration());
    provider.provision(pair.shown().mef(), pair.id(), SecretKeyBytes.random());
    return NodeState.factory(pair);
  }

  static Stream<MefCredential> eitherKeyPair() {
    return Stream.of(SampleState.certificate(), SampleState.rawKey());
  }

  @ParameterizedTest
  @MethodSource("eitherKeyPair")
  void aKeyPairOpensTheMaf(MefCredential kind) throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    NodeState factory = with(kind, provider);
    assertThat(factory.stage(FakeProvider.NOW)).isEqualTo(NodeStage.AUTHENTICATED);

    NodeState state = registered(start(provider, new MemoryVault(), factory));

    assertThat(stepIds()).containsExactly("authenticate", "associate", "register-cse");
    assertThat(state.key(Rung.ASSOCIATION))
        .hasValueSatisfying(kc -> assertThat(kc.parent()).isEqualTo(factory.factory().id()));
    assertThat(provider.handshakes)
        .first()
        .isEqualTo(FakeProvider.MAF + " " + factory.factory().id());
  }

  @ParameterizedTest
  @MethodSource("eitherKeyPair")
  void aKeyPairOpensTheAssociation(MefCredential kind) throws Exception {
    FakeProvider provider = provider(EnrolmentPath.DIRECT);
    NodeState factory = with(kind, provider);
    assertThat(factory.stage(FakeProvider.NOW)).isEqualTo(NodeStage.ASSOCIATED);
    MemoryVault vault = new MemoryVault();

    Node node = start(provider, vault, factory);
    assertThat(registered(node).stage(FakeProvider.NOW)).isEqualTo(NodeStage.REGISTERED);
    node.close();
    registered(start(provider, vault));

    assertThat(stepIds()).containsExactly("register-cse", "register-cse");
    assertThat(provider.handshakes)
        .containsOnly(FakeProvider.REGISTRAR + " " + factory.factory().id())
        .hasSize(2);
  }

  /** Silence costs it nothing: a server that does not take a certificate says so. */
  @Test
  void onlyAnAlertCountsAgainstAKeyPair() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    AtomicReference<Stage> outcome = new AtomicReference<>(Stage.LAST_FLIGHT);
    provider.mischief =
        new Mischief() {
          @Override
          public Optional<Stage> handshake(Fqdn function, KeyIdentifier identity) {
            return Optional.ofNullable(outcome.get());
          }
        };
    Node node = start(provider, new MemoryVault(), with(SampleState.certificate(), provider));
    await().until(() -> troubles.size() > 2);
    assertThat(node.state().failures(Rung.MAF)).isZero();

    outcome.set(Stage.REFUSED);
    await().until(() -> node.state().failures(Rung.MAF) > 0);

    outcome.set(null);
    registered(node);
  }

  /** Its end is no reason for haste: the server may see it otherwise, and nothing renews it. */
  @Test
  void aCertificateThatEndedIsShownAllTheSame() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.DIRECT);
    NodeState factory = with(SampleState.certificate(), provider);
    clock = () -> factory.key(Rung.ASSOCIATION).orElseThrow().lease().expires().plusSeconds(1);

    registered(start(provider, new MemoryVault(), factory));

    await().during(Duration.ofMillis(300)).until(() -> provider.handshakes.size() == 1);
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
            return handshakes.getAndIncrement() < 2 * HeldKeys.FAILURES_TO_LOSE_A_RUNG
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
