// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mooring.asn.FakeProvider.Loss;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.EnrolmentPath;

/** What a node does when credentials, servers or sessions are lost. */
class LadderTest extends NodeLife {
  @Test
  void aLostKcIsReplacedWithKm() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    MemoryVault vault = new MemoryVault();
    Node first = start(provider, vault);
    KeyIdentifier kc = registered(first).key(Rung.ASSOCIATION).orElseThrow().id();
    first.close();
    provider.forget(FakeProvider.REGISTRAR, kc);
    provider.handshakes.clear();

    NodeState state = registered(start(provider, vault));

    assertThat(state.key(Rung.ASSOCIATION).orElseThrow().id()).isNotEqualTo(kc);
    String toRegistrar = FakeProvider.REGISTRAR + " " + kc;
    assertThat(provider.handshakesSoFar().subList(0, 3)).containsOnly(toRegistrar);
    assertThat(provider.handshakes.get(3)).startsWith(FakeProvider.MAF + " km-");
    assertThat(provider.handshakes).hasSize(5);
  }

  @Test
  void aNodeThatLostEveryKeyBootstrapsAgain() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    MemoryVault vault = new MemoryVault();
    Node first = start(provider, vault);
    NodeState before = registered(first);
    first.close();
    KeyIdentifier ke = before.key(Rung.ENROLMENT).orElseThrow().id();
    provider.forget(FakeProvider.REGISTRAR, before.key(Rung.ASSOCIATION).orElseThrow().id());
    provider.forget(FakeProvider.MAF, before.key(Rung.MAF).orElseThrow().id());
    provider.forget(FakeProvider.MAF, ke);

    NodeState state = registered(start(provider, vault));

    assertThat(state.key(Rung.ENROLMENT).orElseThrow().id()).isNotEqualTo(ke);
    assertThat(state.failures(Rung.ENROLMENT)).isZero();
  }

  @Test
  void aServerThatIsAwayCostsNoRung() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    MemoryVault vault = new MemoryVault();
    Node first = start(provider, vault);
    KeyIdentifier kc = registered(first).key(Rung.ASSOCIATION).orElseThrow().id();
    first.close();
    AtomicInteger failures = new AtomicInteger();
    provider.mischief =
        new Mischief() {
          @Override
          public Optional<Stage> handshake(Fqdn function, KeyIdentifier identity) {
            return failures.getAndIncrement() < 10
                ? Optional.of(Stage.NO_ANSWER)
                : Optional.empty();
          }
        };

    NodeState state = registered(start(provider, vault));

    assertThat(state.key(Rung.ASSOCIATION).orElseThrow().id()).isEqualTo(kc);
    assertThat(failures).hasValueGreaterThan(10);
  }

  @Test
  void noFailureTakesACredentialAwayAndEveryRungGetsAnotherChance() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    MemoryVault vault = new MemoryVault();
    Node first = start(provider, vault);
    KeyIdentifier kc = registered(first).key(Rung.ASSOCIATION).orElseThrow().id();
    first.close();
    AtomicInteger failures = new AtomicInteger();
    provider.mischief =
        new Mischief() {
          @Override
          public Optional<Stage> handshake(Fqdn function, KeyIdentifier identity) {
            return failures.getAndIncrement() < 12
                ? Optional.of(Stage.LAST_FLIGHT)
                : Optional.empty();
          }
        };

    NodeState state = registered(start(provider, vault));

    assertThat(state.key(Rung.ASSOCIATION).orElseThrow().id()).isEqualTo(kc);
    assertThat(failures).hasValue(13);
  }

  @Test
  void aSessionThatTheServerForgotIsResumedAndTheRequestSentAgain() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    Node node = start(provider, new MemoryVault());
    registered(node);
    provider.mischief = losing(Loss.REQUEST, request -> true);

    ResponsePrimitive answer =
        node.send(retrieveOwn()).toCompletableFuture().get(5, TimeUnit.SECONDS);

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.OK);
    assertThat(provider.handshakes).hasSize(4);
    assertThat(troubles).isEmpty();
  }

  @Test
  void aSessionThatCanNotBeRecoveredIsReplacedByTheLadder() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    Node node = start(provider, new MemoryVault());
    NodeState before = registered(node);
    KeyIdentifier kc = before.key(Rung.ASSOCIATION).orElseThrow().id();
    provider.forget(FakeProvider.REGISTRAR, kc);
    provider.mischief = losing(Loss.REQUEST, request -> true);

    assertThat(node.send(retrieveOwn()).toCompletableFuture()).failsWithin(Duration.ofSeconds(5));
    await()
        .untilAsserted(
            () ->
                assertThat(node.send(retrieveOwn()).toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(1)));
    assertThat(node.state().key(Rung.ASSOCIATION).orElseThrow().id()).isNotEqualTo(kc);
  }

  @Test
  void aNewKeThatTheMafDoesNotTakeLeavesTheOldKmAndTheNodeAtRest() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    Node node = start(provider, new MemoryVault());
    KeyIdentifier ke = registered(node).key(Rung.ENROLMENT).orElseThrow().id();
    provider.mischief =
        new Mischief() {
          @Override
          public Optional<Stage> handshake(Fqdn function, KeyIdentifier identity) {
            boolean isNewKe =
                function.equals(FakeProvider.MAF)
                    && identity.issuer().equals(FakeProvider.MEF)
                    && !identity.equals(ke);
            return isNewKe ? Optional.of(Stage.LAST_FLIGHT) : Optional.empty();
          }
        };

    node.enrolAnew();

    await().untilAsserted(() -> assertThat(node.state().failures(Rung.ENROLMENT)).isEqualTo(3));
    await()
        .during(Duration.ofMillis(300))
        .untilAsserted(() -> assertThat(provider.handshakesSoFar()).hasSizeLessThan(12));
  }

  private static RequestPrimitive retrieveOwn() {
    return RequestPrimitive.builder(Operation.RETRIEVE, "/id-in/-/asn-0123456789ab", "r1")
        .from("/asn-0123456789ab")
        .build();
  }
}
