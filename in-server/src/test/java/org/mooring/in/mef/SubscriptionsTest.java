// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.in.trust.TrustScenario.START;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.audit.AuditRecord;
import org.mooring.in.credential.Credential;
import org.mooring.in.trust.TestAnswer;
import org.mooring.in.trust.TestSession;
import org.mooring.in.trust.TrustScenario;

/**
 * The end of a subscription: what ends with it, what is kept, and what an extension brings back.
 */
class SubscriptionsTest {
  private static final KeyIdentifier PUMP = KeyIdentifier.parse("pump-1@mef.sp.example.org");
  private static final Instant SOON = START.plus(Duration.ofHours(5));

  @TempDir Path folder;
  private TrustScenario scenario;

  @BeforeEach
  void open() {
    scenario = TrustScenario.givenProvider(folder);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  /** What a node on the maf path registered, from the bottom up. */
  private final class Ladder {
    final TestSession mef = scenario.session(PUMP);
    final TestAnswer atMef = mef.registers();
    final TestAnswer keAnswer = mef.registersKey(21);
    final KeyIdentifier ke = mef.identity(keAnswer);
    final TestSession maf = scenario.session(ke);
    final TestAnswer atMaf = maf.registers();
    final KeyIdentifier km = KeyIdentifier.parse(atMaf.text("aski"));
    final TestAnswer kcAnswer = maf.registersKey(32);
    final KeyIdentifier kc = maf.identity(kcAnswer);

    /** Opens no session. */
    final KeyIdentifier forPrimitives =
        maf.identity(maf.registersKey(33, c -> c.put("kv", new byte[32])));

    List<KeyIdentifier> derived() {
      return List.of(ke, km, kc);
    }
  }

  private void add(UnaryOperator<NewEnrolee.Builder> node) {
    scenario.withEnrolee(builder -> node.apply(builder.id(PUMP)));
  }

  private Enrolee extend(Instant until) {
    return scenario.does(
        tx -> scenario.subscriptions().extend(tx, PUMP, until, "admin").orElseThrow());
  }

  private Enrolee end() {
    return scenario.does(tx -> scenario.subscriptions().end(tx, PUMP, "admin").orElseThrow());
  }

  private Instant endOf(KeyIdentifier identity) {
    return scenario.credential(identity).expiresAt();
  }

  private boolean isKept(KeyIdentifier identity) {
    return scenario.does(
        tx ->
            tx.credentials().key(identity).isPresent()
                || tx.keyRegistrations().key(identity).isPresent());
  }

  private long endsRecorded() {
    return scenario.<List<AuditRecord>>does(tx -> tx.auditLog().latest(100)).stream()
        .filter(entry -> entry.action().equals("SUBSCRIPTION_ENDED"))
        .count();
  }

  @Test
  void nothingThatIsRegisteredOutlivesTheSubscription() {
    add(n -> n.subscribedUntil(SOON));
    Ladder node = new Ladder();

    assertThat(node.atMef.end()).isEqualTo(SOON);
    assertThat(node.keAnswer.end()).isEqualTo(SOON);
    assertThat(node.atMaf.end()).isEqualTo(SOON);
    assertThat(endOf(node.km)).isEqualTo(SOON);
    assertThat(node.kcAnswer.end()).isBefore(SOON);
    node.mef.updates(node.keAnswer.id(), TestSession.until(M2mTimestamp.NEVER));
    assertThat(endOf(node.ke)).isEqualTo(SOON);
  }

  @Test
  void theEndOfTheFactoryKeyEndsBootstrappingAlone() {
    Instant keyEnd = START.plus(Duration.ofHours(1));
    add(n -> n.expiresAt(keyEnd));
    Ladder node = new Ladder();

    extend(SOON);

    assertThat(endOf(PUMP)).isEqualTo(keyEnd);
    assertThat(endOf(node.ke)).isEqualTo(SOON);
  }

  @Test
  void anEarlierEndShortensAtOnceWhatWasRegistered() {
    add(n -> n);
    Ladder node = new Ladder();

    Enrolee changed = extend(SOON.plusMillis(700));

    assertThat(changed.subscribedUntil()).as("whole seconds").isEqualTo(SOON);
    assertThat(List.of(PUMP, node.ke, node.km)).allMatch(key -> endOf(key).equals(SOON));
    assertThat(endOf(node.kc)).isBefore(SOON);
    Enrolees.View view = scenario.does(tx -> scenario.enrolees().show(tx, PUMP).orElseThrow());
    assertThat(view.keyRegistrations()).noneMatch(key -> key.expiresAt().isAfter(SOON));
    assertThat(view.clientRegistrations())
        .hasSize(2)
        .allMatch(registration -> registration.expiresAt().equals(SOON));
  }

  @Test
  void anEarlierEndReachesWhatADeregisteredKeyLedTo() {
    add(n -> n);
    Ladder node = new Ladder();
    node.mef.deletes(node.keAnswer.id()).succeedsWith(2002);
    assertThat(endOf(node.kc)).isAfter(SOON);

    extend(SOON);

    assertThat(endOf(node.kc)).isBefore(SOON);
  }

  @Test
  void aLaterEndIsForWhatIsRegisteredFromThenOn() {
    add(n -> n.subscribedUntil(SOON));
    Ladder node = new Ladder();

    extend(M2mTimestamp.NEVER);

    assertThat(endOf(node.ke)).isEqualTo(SOON);
    assertThat(scenario.session(PUMP).registersKey(21).end())
        .isEqualTo(START.plus(TrustScenario.ENROLMENT));
  }

  @Test
  void whatWasDerivedIsGoneAfterTheEndAndTheFactoryKeyIsKept() {
    add(n -> n.subscribedUntil(SOON));
    Ladder node = new Ladder();
    scenario.pass(Duration.between(START, SOON));

    assertThat(scenario.credential(PUMP).keepsSessionAt(scenario.now())).isFalse();
    node.mef.registers().isRefusedWith(Refusal.CREDENTIAL_ENDED, 4107, 403);
    scenario.sweep();
    scenario.sweep();

    for (KeyIdentifier identity : node.derived()) {
      assertThat(scenario.statusOf(identity)).isEqualTo(Credential.Status.REMOVED);
      assertThat(scenario.endedSessions()).contains(identity);
      assertThat(isKept(identity)).isFalse();
    }
    assertThat(isKept(node.forPrimitives)).isFalse();
    assertThat(isKept(PUMP)).isTrue();
    Enrolees.View view = scenario.does(tx -> scenario.enrolees().show(tx, PUMP).orElseThrow());
    assertThat(view.clientRegistrations()).isEmpty();
    assertThat(view.enrolee().isEndedAt(scenario.now())).isTrue();
    assertThat(endsRecorded()).isEqualTo(1);
  }

  @Test
  void anExtensionAfterTheEndLetsTheNodeEnrolAgain() {
    add(n -> n.subscribedUntil(SOON));
    Ladder before = new Ladder();
    scenario.pass(Duration.ofDays(1));
    scenario.sweep();
    Instant next = scenario.now().plus(Duration.ofDays(2));

    extend(next);
    Ladder again = new Ladder();

    assertThat(again.keAnswer.end()).isEqualTo(next);
    assertThat(again.atMef.text("ri")).isNotEqualTo(before.atMef.text("ri"));
    assertThat(scenario.statusOf(before.ke)).isEqualTo(Credential.Status.REMOVED);
    scenario.pass(Duration.ofDays(2));
    scenario.sweep();
    assertThat(endsRecorded()).isEqualTo(2);
  }

  @Test
  void theFactoryKeyOfAnEndedSubscriptionIsWipedAtItsOwnEnd() {
    add(n -> n.subscribedUntil(SOON).expiresAt(START.plus(Duration.ofDays(1))));
    scenario.pass(Duration.ofHours(23));
    scenario.sweep();
    assertThat(isKept(PUMP)).isTrue();

    scenario.pass(Duration.ofHours(1));
    scenario.sweep();

    assertThat(isKept(PUMP)).isFalse();
    assertThat(scenario.statusOf(PUMP)).isEqualTo(Credential.Status.REMOVED);
  }

  @Test
  void anOperatorsEndTakesEffectAtOnceAndIsNoRevocation() {
    add(n -> n);
    Ladder node = new Ladder();

    Enrolee ended = end();

    assertThat(ended.isEndedAt(START)).isTrue();
    assertThat(ended.standing()).isEqualTo(new Enrolee.Standing.Active());
    for (KeyIdentifier identity : List.of(PUMP, node.ke, node.km, node.kc)) {
      assertThat(scenario.credential(identity).keepsSessionAt(START)).isFalse();
    }
    node.maf.registersKey(32).isRefusedWith(Refusal.CREDENTIAL_ENDED, 4107, 403);
    scenario.sweep();
    assertThat(endsRecorded()).isEqualTo(1);
    assertThat(end()).as("ended already").isEqualTo(ended);
    assertThat(endsRecorded()).isEqualTo(1);
  }

  @Test
  void preProvisionedKeyEndsWithTheSubscriptionAndOpensAgain() {
    KeyIdentifier given = KeyIdentifier.parse("PUMP@maf.sp.example.org");
    KeyIdentifier kmId =
        scenario.withEnrolee(n -> n.factoryKey(FactoryKey.KM).id(given).subscribedUntil(SOON)).id();
    TestSession maf = scenario.session(kmId);
    assertThat(maf.registers().end()).isEqualTo(SOON);
    assertThat(maf.registersKey(32).end()).isBefore(SOON);
    scenario.pass(Duration.ofDays(1));
    scenario.sweep();
    assertThat(scenario.credential(kmId).opensHandshakeAt(scenario.now())).isFalse();

    scenario.does(
        tx -> scenario.subscriptions().extend(tx, kmId, M2mTimestamp.NEVER, "admin").orElseThrow());

    TestSession again = scenario.session(kmId);
    again.registers().succeedsWith(2001);
    again.registersKey(32).succeedsWith(2001);
  }

  @Test
  void aRevocationAfterTheEndWipesTheFactoryKey() {
    add(n -> n.subscribedUntil(SOON));
    scenario.pass(Duration.ofDays(1));
    scenario.sweep();

    scenario.does(tx -> scenario.enrolees().revoke(tx, PUMP, "stolen", "admin").orElseThrow());

    assertThat(isKept(PUMP)).isFalse();
    assertRefused("id", () -> extend(M2mTimestamp.NEVER));
  }

  @Test
  void anEndInThePastIsRefusedAndSoIsOneOfWhoeverEnrolsNoMore() {
    assertRefused("until", () -> add(n -> n.subscribedUntil(START)));
    add(n -> n);
    assertRefused("until", () -> extend(START));

    scenario.does(tx -> scenario.enrolees().retire(tx, PUMP, "", "admin").orElseThrow());
    assertRefused("id", () -> extend(SOON));
    assertThat(end().isEndedAt(START)).as("a retired one may be ended").isTrue();

    scenario.does(tx -> scenario.enrolees().revoke(tx, PUMP, "", "admin").orElseThrow());
    assertRefused("id", this::end);
  }

  private void assertRefused(String field, Runnable change) {
    long entries = scenario.auditEntries();
    assertThatThrownBy(change::run)
        .isInstanceOf(InvalidEnroleeException.class)
        .hasMessageStartingWith(field + ": ");
    assertThat(scenario.auditEntries()).isEqualTo(entries);
  }
}
