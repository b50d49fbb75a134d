// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mooring.asn.FakeProvider.Loss;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.asn.vault.NodeStage;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.common.resource.TrustResourceNames;

/** A walk that a power cut, a lost message or a wrong answer interrupts. */
class InterruptedWalkTest extends NodeLife {
  private static final int CLIENT_REGISTRATION = TrustResourceNames.MEF_CLIENT_REG.code();
  private static final int KEY_REGISTRATION = TrustResourceNames.SYMM_KEY_REG.code();

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
    provider.mischief = losing(Loss.ANSWER, creating(CLIENT_REGISTRATION));

    registered(start(provider, new MemoryVault()));

    assertThat(provider.requestsSoFar().subList(0, 2))
        .extracting(RequestPrimitive::requestId)
        .containsExactly(
            provider.requests.get(0).requestId(), provider.requests.get(0).requestId());
  }

  @Test
  void afterALostAnswerTheTentativeKeyIsTriedAtItsTarget() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    provider.mischief = losing(Loss.ANSWER, creating(KEY_REGISTRATION));

    NodeState state = registered(start(provider, new MemoryVault()));

    assertThat(provider.handshakesSoFar().subList(0, 3))
        .extracting(opened -> opened.substring(0, opened.indexOf(' ')))
        .containsExactly(
            FakeProvider.MEF.toString(),
            FakeProvider.MAF.toString(),
            FakeProvider.REGISTRAR.toString());
    assertThat(stepIds()).startsWith("authenticate", "associate", "register-cse");
    assertThat(state.keys().tentative(Rung.ENROLMENT)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Rung.class,
      names = {"ENROLMENT", "ASSOCIATION"})
  void aKeyWhoseEndWasLostWithTheAnswerIsReplacedAtOnce(Rung rung) throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    Fqdn issuer = rung == Rung.ENROLMENT ? FakeProvider.MEF : FakeProvider.MAF;
    AtomicInteger keys = new AtomicInteger();
    provider.mischief =
        new Mischief() {
          @Override
          public Loss loss(Fqdn function, RequestPrimitive request) {
            boolean makesKey = function.equals(issuer) && creating(KEY_REGISTRATION).test(request);
            return makesKey && keys.incrementAndGet() == 1 ? Loss.ANSWER : Loss.NONE;
          }
        };

    Node node = start(provider, new MemoryVault());

    await()
        .untilAsserted(
            () -> {
              NodeState state = node.state();
              assertThat(keys).hasValue(2);
              assertThat(state.key(rung).orElseThrow().lease().isDueAt(FakeProvider.NOW)).isFalse();
              assertThat(state.stage(FakeProvider.NOW)).isEqualTo(NodeStage.REGISTERED);
            });
  }

  @Test
  void aTentativeKeyThatItsTargetRefusesIsFollowedByANewOne() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    provider.mischief = losing(Loss.REQUEST, creating(KEY_REGISTRATION));

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

  private static Predicate<RequestPrimitive> creating(int type) {
    return request -> request.resourceType().orElse(0) == type;
  }

  private static ResponsePrimitive with(ResponsePrimitive answer, String name, String value) {
    Representation content = answer.content().orElseThrow();
    Attributes changed = content.attributes().toBuilder().put(name, value).build();
    return ResponsePrimitive.of(
        answer.status(), answer.requestId(), Representation.of(content.root(), changed));
  }
}
