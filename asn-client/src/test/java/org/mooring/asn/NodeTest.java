// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.NodeStage;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.Trouble;
import org.mooring.asn.vault.Vault;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.EnrolmentPath;

/** A node that walks undisturbed, and what it does while it lives. */
class NodeTest extends NodeLife {
  @Test
  void theMafPathTakesThreeHandshakesAndFiveRequests() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);

    NodeState state = registered(start(provider, new MemoryVault()));

    assertThat(state.stage(FakeProvider.NOW)).isEqualTo(NodeStage.REGISTERED);
    assertThat(provider.handshakes).hasSize(3);
    assertThat(provider.requests)
        .extracting(RequestPrimitive::to)
        .containsExactly(
            "//mef.sp.example.org/-",
            "//mef.sp.example.org/-",
            "//maf.sp.example.org/-",
            "//maf.sp.example.org/-",
            "/id-in/-");
    assertThat(stepIds()).containsExactly("bootstrap", "authenticate", "associate", "register-cse");
    assertThat(steps).extracting(s -> s.traffic().handshakes()).containsExactly(1L, 1L, 0L, 1L);
    assertThat(provider.knows(FakeProvider.MAF, state.key(Rung.MAF).orElseThrow().id())).isTrue();
  }

  @Test
  void theDirectPathTakesTwoHandshakesAndThreeRequests() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.DIRECT);

    NodeState state = registered(start(provider, new MemoryVault()));

    assertThat(provider.handshakes).hasSize(2);
    assertThat(provider.requests).hasSize(3);
    assertThat(stepIds()).containsExactly("bootstrap", "register-cse");
    assertThat(state.key(Rung.ASSOCIATION)).isEmpty();
  }

  @Test
  void theRemoteCseCarriesWhatTheRegistrarNeeds() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.DIRECT);
    registered(start(provider, new MemoryVault()));

    RequestPrimitive request = provider.requests.get(2);
    assertThat(request.from()).contains("/asn-0123456789ab");
    Attributes csr = request.content().orElseThrow().attributes();
    assertThat(csr.text("rn")).contains("asn-0123456789ab");
    assertThat(csr.text("cb")).contains("/asn-0123456789ab/cse-asn");
    assertThat(csr.texts("srv")).containsExactly("2a", "3");
    assertThat(csr.flag("rr")).contains(true);
  }

  @Test
  void aRemoteCseThatStandsIsAdopted() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    MemoryVault vault = new MemoryVault();
    Node first = start(provider, vault);
    NodeState before = registered(first);
    first.close();
    vault.write(before.toBuilder().withoutRegistration(Function.CSE).build());

    NodeState state = registered(start(provider, vault));

    assertThat(state.registration(Function.CSE).orElseThrow().resourceId()).isEqualTo("csr1");
  }

  @Test
  void aRemoteCseThatVanishedIsMadeAnew() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    MemoryVault vault = new MemoryVault();
    Node first = start(provider, vault);
    registered(first);
    first.close();
    provider.dropRemoteCse();

    registered(start(provider, vault));

    assertThat(provider.hasRemoteCse()).isTrue();
  }

  @Test
  void whatEndsSoonIsRenewedWhileTheSessionStands() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    Node node = start(provider, new MemoryVault());
    NodeState before = registered(node);
    node.close();
    MemoryVault vault = new MemoryVault();
    vault.write(before);
    clock = InstantSource.fixed(FakeProvider.NOW.plus(Duration.ofDays(28)));
    provider.lifetime = Duration.ofDays(60);
    steps.clear();

    Node again = start(provider, vault);
    registered(again);

    await().untilAsserted(() -> assertThat(stepIds()).contains("bootstrap", "associate"));
    await()
        .untilAsserted(
            () -> {
              NodeState now = again.state();
              assertThat(now.key(Rung.ENROLMENT)).isNotEqualTo(before.key(Rung.ENROLMENT));
              assertThat(now.key(Rung.ASSOCIATION)).isNotEqualTo(before.key(Rung.ASSOCIATION));
            });
    assertThat(steps.get(0).step()).isEqualTo(LifeStep.REGISTER);
  }

  @Test
  void statusTellsWhatTheNodeWaitsFor() {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    provider.mischief =
        new Mischief() {
          @Override
          public Optional<Stage> handshake(Fqdn function, KeyIdentifier identity) {
            return Optional.of(Stage.NO_ANSWER);
          }
        };
    MemoryVault vault = new MemoryVault();
    start(provider, vault);

    await().until(() -> vault.read().flatMap(NodeState::trouble).isPresent());
    Trouble trouble = vault.read().flatMap(NodeState::trouble).orElseThrow();
    assertThat(trouble.waitingFor()).isEqualTo("bootstrap at mef.sp.example.org");
    assertThat(trouble.reason()).contains("handshake");
  }

  @Test
  void theReasonStaysWhileTheStepsBelowGoWell() {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    provider.mischief =
        new Mischief() {
          @Override
          public Optional<Stage> handshake(Fqdn function, KeyIdentifier identity) {
            return function.equals(FakeProvider.REGISTRAR)
                ? Optional.of(Stage.LAST_FLIGHT)
                : Optional.empty();
          }
        };
    RecordingVault vault = new RecordingVault();
    start(provider, vault);

    await().until(() -> stepIds().stream().filter("associate"::equals).count() >= 3);

    List<NodeState> written = List.copyOf(vault.written);
    int first = 0;
    while (written.get(first).trouble().isEmpty()) {
      first++;
    }
    assertThat(written.subList(first, written.size()))
        .hasSizeGreaterThan(3)
        .allMatch(state -> state.trouble().isPresent());
  }

  @Test
  void aLostAssociationIsKeptAsTheReasonUntilTheNodeIsRegisteredAgain() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    RecordingVault vault = new RecordingVault();
    Node node = start(provider, vault);
    registered(node);
    provider.mischief =
        new Mischief() {
          @Override
          public ResponsePrimitive answer(RequestPrimitive request, ResponsePrimitive answer) {
            return ResponsePrimitive.of(
                ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED, request.requestId());
          }
        };

    RequestPrimitive request =
        RequestPrimitive.builder(Operation.RETRIEVE, "/id-in/-", "r1")
            .from("/asn-0123456789ab")
            .build();
    node.send(request).toCompletableFuture().get(10, TimeUnit.SECONDS);

    await()
        .untilAsserted(
            () ->
                assertThat(vault.written)
                    .anySatisfy(
                        state ->
                            assertThat(state.trouble())
                                .map(Trouble::waitingFor)
                                .contains("the association")));
    provider.mischief = new Mischief() {};
    await().until(() -> vault.read().flatMap(NodeState::trouble).isEmpty());
    assertThat(steps.get(steps.size() - 1).step()).isEqualTo(LifeStep.REGISTER);
  }

  /** Keeps every state it was given. */
  private static final class RecordingVault implements Vault {
    private final List<NodeState> written = new CopyOnWriteArrayList<>();

    @Override
    public Optional<NodeState> read() {
      return written.isEmpty() ? Optional.empty() : Optional.of(written.get(written.size() - 1));
    }

    @Override
    public void write(NodeState state) {
      written.add(state);
    }
  }
}
