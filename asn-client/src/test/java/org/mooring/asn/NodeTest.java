// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mooring.asn.FakeProvider.Loss;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.NodeStage;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.Trouble;
import org.mooring.asn.vault.Vault;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.EnrolmentPath;

/** The life of a node against a scripted provider. */
class NodeTest {
  private static final KeyIdentifier KPM_ID = KeyIdentifier.parse("kpm@mef.sp.example.org");
  private static final SecretKeyBytes KPM = SecretKeyBytes.random();
  private static final NodeState FACTORY =
      NodeState.factory(new BootstrapCredential(KPM_ID, KPM, FakeProvider.MEF, "127.0.0.1", 5684));
  private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(8));

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
  private final List<Node> nodes = new ArrayList<>();
  private final List<StepReport> steps = new CopyOnWriteArrayList<>();
  private final List<Trouble> troubles = new CopyOnWriteArrayList<>();
  private volatile InstantSource clock = InstantSource.fixed(FakeProvider.NOW);

  @AfterEach
  void stop() {
    nodes.forEach(Node::close);
    scheduler.shutdownNow();
  }

  private static FakeProvider provider(EnrolmentPath path) {
    return new FakeProvider(path, KPM_ID, KPM);
  }

  private Node start(FakeProvider provider, Vault vault) {
    StateKeeper keeper = new StateKeeper(vault, vault.read().orElse(FACTORY));
    NodeListener listener =
        new NodeListener() {
          @Override
          public void stepDone(StepReport report) {
            steps.add(report);
          }

          @Override
          public void failed(Trouble trouble) {
            troubles.add(trouble);
          }
        };
    Node node = new Node(provider, keeper, () -> clock.instant(), SHORT, scheduler, listener);
    nodes.add(node);
    node.start();
    return node;
  }

  private static NodeState registered(Node node) throws Exception {
    return node.registered().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private List<String> stepIds() {
    return steps.stream().map(report -> report.step().id()).toList();
  }

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
    assertThat(csr.flag("rr")).contains(false);
  }

  @ParameterizedTest
  @EnumSource(EnrolmentPath.class)
  void aPowerCutAtAnyWriteEndsRegistered(EnrolmentPath path) throws Exception {
    int cuts = 0;
    boolean cut = true;
    for (int write = 1; cut; write++) {
      for (boolean reachesDisk : new boolean[] {true, false}) {
        FakeProvider provider = provider(path);
        MemoryVault dying = new MemoryVault(write, reachesDisk);
        Node first = start(provider, dying);
        await().until(() -> dying.isDead() || first.registered().toCompletableFuture().isDone());
        first.close();
        cut = dying.isDead();
        cuts += cut ? 1 : 0;
        MemoryVault after = new MemoryVault();
        dying.read().ifPresent(after::write);

        NodeState state = registered(start(provider, after));

        assertThat(state.stage(FakeProvider.NOW)).isEqualTo(NodeStage.REGISTERED);
        assertThat(provider.hasRemoteCse()).isTrue();
      }
    }
    assertThat(cuts).isGreaterThanOrEqualTo(path == EnrolmentPath.MAF ? 18 : 10);
  }

  @ParameterizedTest
  @CsvSource({
    "0,REQUEST",
    "0,ANSWER",
    "1,REQUEST",
    "1,ANSWER",
    "2,REQUEST",
    "2,ANSWER",
    "3,REQUEST",
    "3,ANSWER",
    "4,REQUEST",
    "4,ANSWER"
  })
  void aLostMessageAnywhereEndsRegistered(int index, Loss loss) throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    AtomicInteger seen = new AtomicInteger();
    provider.mischief =
        new Mischief() {
          @Override
          public Loss loss(Fqdn function, RequestPrimitive request) {
            return seen.getAndIncrement() == index ? loss : Loss.NONE;
          }
        };

    NodeState state = registered(start(provider, new MemoryVault()));

    assertThat(state.stage(FakeProvider.NOW)).isEqualTo(NodeStage.REGISTERED);
    assertThat(troubles).hasSizeGreaterThanOrEqualTo(1);
  }

  @Test
  void aRepeatedClientRegistrationHasTheSameRequestId() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    loseAnswerOnce(provider, 4);

    registered(start(provider, new MemoryVault()));

    assertThat(provider.requests.subList(0, 2))
        .extracting(RequestPrimitive::requestId)
        .containsExactly(
            provider.requests.get(0).requestId(), provider.requests.get(0).requestId());
  }

  /** Loses the first answer to a CREATE of the numbered type. */
  private static void loseAnswerOnce(FakeProvider provider, int type) {
    AtomicInteger lost = new AtomicInteger();
    provider.mischief =
        new Mischief() {
          @Override
          public Loss loss(Fqdn function, RequestPrimitive request) {
            boolean wanted = request.resourceType().orElse(0) == type;
            return wanted && lost.getAndIncrement() == 0 ? Loss.ANSWER : Loss.NONE;
          }
        };
  }

  @Test
  void afterALostAnswerTheTentativeKeyIsTriedAtItsTarget() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    loseAnswerOnce(provider, 6);

    NodeState state = registered(start(provider, new MemoryVault()));

    assertThat(provider.handshakes).hasSize(3);
    assertThat(stepIds()).containsExactly("authenticate", "associate", "register-cse");
    assertThat(state.tentativeKey(Rung.ENROLMENT)).isEmpty();
  }

  @Test
  void aTentativeKeyThatItsTargetRefusesIsFollowedByANewOne() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    AtomicInteger lost = new AtomicInteger();
    provider.mischief =
        new Mischief() {
          @Override
          public Loss loss(Fqdn function, RequestPrimitive request) {
            boolean key = request.resourceType().orElse(0) == 6;
            return key && lost.getAndIncrement() == 0 ? Loss.REQUEST : Loss.NONE;
          }
        };

    registered(start(provider, new MemoryVault()));

    assertThat(provider.handshakes).hasSize(5);
    assertThat(provider.handshakes.get(2)).isEqualTo(FakeProvider.MEF + " " + KPM_ID);
  }

  @Test
  void aKeyThatIsNotTheExportedOneIsDiscarded() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    AtomicInteger changed = new AtomicInteger();
    provider.mischief =
        new Mischief() {
          @Override
          public ResponsePrimitive answer(RequestPrimitive request, ResponsePrimitive answer) {
            if (request.resourceType().orElse(0) != 6 || changed.getAndIncrement() > 0) {
              return answer;
            }
            return with(answer, "ri", "00000000000000000000000000000000");
          }
        };

    registered(start(provider, new MemoryVault()));

    assertThat(troubles.get(0).reason()).contains("RelativeKeyID");
    assertThat(provider.handshakes.get(1)).isEqualTo(FakeProvider.MEF + " " + KPM_ID);
  }

  @Test
  void aKeyForAnotherTargetIsDiscarded() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    AtomicInteger changed = new AtomicInteger();
    provider.mischief =
        new Mischief() {
          @Override
          public ResponsePrimitive answer(RequestPrimitive request, ResponsePrimitive answer) {
            if (request.resourceType().orElse(0) != 6 || changed.getAndIncrement() > 0) {
              return answer;
            }
            Attributes given = answer.content().orElseThrow().attributes();
            Attributes other = given.toBuilder().put("tgis", List.of("evil.example.org")).build();
            return ResponsePrimitive.of(
                answer.status(), answer.requestId(), Representation.of("sec:skr", other));
          }
        };

    registered(start(provider, new MemoryVault()));

    assertThat(troubles.get(0).reason()).contains("targetIDs");
  }

  private static ResponsePrimitive with(ResponsePrimitive answer, String name, String value) {
    Representation content = answer.content().orElseThrow();
    Attributes changed = content.attributes().toBuilder().put(name, value).build();
    return ResponsePrimitive.of(
        answer.status(), answer.requestId(), Representation.of(content.root(), changed));
  }

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
    assertThat(provider.handshakes.subList(0, 3)).containsOnly(toRegistrar);
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
  void aSessionThatTheServerForgotIsResumedAndTheRequestSentAgain() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    Node node = start(provider, new MemoryVault());
    registered(node);
    AtomicInteger lost = new AtomicInteger();
    provider.mischief =
        new Mischief() {
          @Override
          public Loss loss(Fqdn function, RequestPrimitive request) {
            return lost.getAndIncrement() == 0 ? Loss.REQUEST : Loss.NONE;
          }
        };

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
    AtomicInteger lost = new AtomicInteger();
    provider.mischief =
        new Mischief() {
          @Override
          public Loss loss(Fqdn function, RequestPrimitive request) {
            return lost.getAndIncrement() == 0 ? Loss.REQUEST : Loss.NONE;
          }
        };

    assertThat(node.send(retrieveOwn()).toCompletableFuture()).failsWithin(Duration.ofSeconds(5));
    await()
        .untilAsserted(
            () ->
                assertThat(node.send(retrieveOwn()).toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(1)));
    assertThat(node.state().key(Rung.ASSOCIATION).orElseThrow().id()).isNotEqualTo(kc);
  }

  private static RequestPrimitive retrieveOwn() {
    return RequestPrimitive.builder(Operation.RETRIEVE, "/id-in/-/asn-0123456789ab", "r1")
        .from("/asn-0123456789ab")
        .build();
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
}
