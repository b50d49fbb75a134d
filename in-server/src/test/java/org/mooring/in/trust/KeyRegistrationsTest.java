// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.trust.TrustScenario.ASSOCIATION;
import static org.mooring.in.trust.TrustScenario.ENROLMENT;
import static org.mooring.in.trust.TrustScenario.START;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Credential.Status;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.Registrar;
import org.mooring.in.provider.FunctionRole;

/** TS-0003 clauses 8.3.5.2.7 to 8.3.5.2.10 and 8.8.2.7 to 8.8.2.10; design section 3. */
class KeyRegistrationsTest {
  private static final String IN_CSE = "//sp.example.org/id-in";

  @TempDir Path folder;
  private TrustScenario scenario;
  private Enrolee node;
  private TestSession mef;

  @BeforeEach
  void open() {
    scenario = TrustScenario.givenProvider(folder);
    node = scenario.withEnrolee();
    mef = scenario.session(node.id());
    mef.registers();
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  /** A MAF session after a fresh handshake, with a client registration. */
  private TestSession authenticated() {
    TestSession maf = scenario.session(mef.identity(mef.registersKey(21)));
    maf.registers();
    return maf;
  }

  private static Attributes targets(String... targets) {
    return Attributes.builder().put("tgis", List.of(targets)).build();
  }

  @Test
  void anExportedKeyIsNamedByItsExportAndNeverAnswered() {
    TestAnswer answer = mef.registersKey(21).succeedsWith(2001);
    assertThat(answer.id()).isEqualTo(mef.export(ExporterLabel.BOOTSTRAP).id().value());
    assertThat(answer.attributes().names())
        .containsExactlyInAnyOrder("ri", "et", "cr", "adfq", "suid", "tgis", "ct");
    assertThat(answer.attributes().texts("tgis")).containsExactly("maf.sp.example.org");
    assertThat(answer.text("cr")).isEqualTo("//sp.example.org" + node.entity());
    assertThat(answer.end()).isEqualTo(START.plus(ENROLMENT));
  }

  @Test
  void everyUsageMakesTheCredentialOfItsTarget() {
    TestSession direct = scenario.session(node.id());
    Credential ke = scenario.credential(mef.identity(mef.registersKey(21)));
    Credential kpsa = scenario.credential(direct.identity(direct.registersKey(22)));
    assertThat(ke.kind()).isEqualTo(Credential.Kind.KE);
    assertThat(ke.role()).isEqualTo(FunctionRole.MAF);
    assertThat(ke.parent()).isEqualTo(node.id());
    assertThat(ke.status()).isEqualTo(Status.PENDING);
    assertThat(kpsa.kind()).isEqualTo(Credential.Kind.KE);
    assertThat(kpsa.role()).isEqualTo(FunctionRole.CSE);

    TestSession maf = scenario.session(ke.identity());
    maf.registers();
    Credential kc = scenario.credential(maf.identity(maf.registersKey(32)));
    assertThat(kc.kind()).isEqualTo(Credential.Kind.KC);
    assertThat(kc.role()).isEqualTo(FunctionRole.CSE);
    assertThat(kc.parent()).isEqualTo(ke.identity());
  }

  @Test
  void aNodeGetsKeysTowardTheRegistrarThatItsEnrolmentNames() {
    Enrolee behind =
        scenario.withEnrolee(n -> n.registrar(new Registrar(new CseId("/mn-1"), Optional.empty())));
    TestSession bootstrapped = scenario.session(behind.id());
    bootstrapped.registers();
    TestSession maf = scenario.session(bootstrapped.identity(bootstrapped.registersKey(21)));
    maf.registers();

    maf.registersKey(32, c -> c.put("tgis", List.of("//sp.example.org/id-in")))
        .isRefusedWith(Refusal.TARGET_NOT_ALLOWED, 4103, 403);
    TestAnswer key = maf.registersKey(32).succeedsWith(2001);

    assertThat(key.attributes().texts("tgis")).containsExactly("//sp.example.org/mn-1");
  }

  @Test
  void aKeyForPrimitivesOpensNoSession() {
    TestSession maf = authenticated();
    KeyIdentifier key = maf.identity(maf.registersKey(33).succeedsWith(2001));
    assertThat(scenario.<Boolean>does(tx -> tx.credentials().find(key).isEmpty())).isTrue();
  }

  @Test
  void aGivenKeyValueGetsARandomIdEachTimeAndUsesNoHandshake() {
    byte[] value = new byte[32];
    TestAnswer given = mef.registersKey(22, c -> c.put("kv", value)).succeedsWith(2001);
    assertThat(given.id()).matches("[0-9A-F]{32}");
    assertThat(given.attributes().has("kv")).isFalse();
    assertThat(given.id()).isNotEqualTo(mef.export(ExporterLabel.BOOTSTRAP).id().value());
    mef.registersKey(21).succeedsWith(2001);
    mef.asResumed().registersKey(22, c -> c.put("kv", value)).succeedsWith(2001);
  }

  @Test
  void anIdenticalRepeatInTheSessionGetsTheSameAnswer() {
    TestAnswer first = mef.registersKey(21);
    scenario.pass(Duration.ofMinutes(5));
    TestAnswer again = mef.registersKey(21, c -> c.put("tgis", List.of("MAF.sp.example.org")));
    assertThat(again.succeedsWith(2001).attributes()).isEqualTo(first.attributes());
    assertThat(scenario.statusOf(mef.identity(first))).isEqualTo(Status.PENDING);
  }

  @Test
  void aSecondExportedKeyNeedsANewHandshake() {
    mef.registersKey(21);
    mef.registersKey(22).isRefusedWith(Refusal.NEW_HANDSHAKE_NEEDED, 4107, 403);
    scenario.session(node.id()).registersKey(22).succeedsWith(2001);
  }

  @Test
  void aResumedSessionExportsNothing() {
    mef.asResumed().registersKey(21).isRefusedWith(Refusal.NEW_HANDSHAKE_NEEDED, 4107, 403);
  }

  @Test
  void theIdOfADeletedKeyIsNeverUsedAgain() {
    TestAnswer key = mef.registersKey(21);
    mef.deletes(key.id()).succeedsWith(2002);
    mef.registersKey(21).isRefusedWith(Refusal.NEW_HANDSHAKE_NEEDED, 4107, 403);
    assertThat(scenario.statusOf(mef.identity(key))).isEqualTo(Status.REMOVED);
    assertThat(scenario.endedSessions()).contains(mef.identity(key));
  }

  @Test
  void aNewerPendingKeyReplacesTheOlderAndLeavesATombstone() {
    KeyIdentifier older = mef.identity(mef.registersKey(21));
    TestSession later = scenario.session(node.id());
    KeyIdentifier newer = later.identity(later.registersKey(21).succeedsWith(2001));
    assertThat(scenario.statusOf(older)).isEqualTo(Status.REMOVED);
    assertThat(scenario.statusOf(newer)).isEqualTo(Status.PENDING);
    assertThat(
            scenario.<Boolean>does(tx -> tx.keyRegistrations().find(older).orElseThrow().removed()))
        .isTrue();
    mef.registersKey(21).isRefusedWith(Refusal.NEW_HANDSHAKE_NEEDED, 4107, 403);
  }

  @Test
  void withoutAClientRegistrationNoKeyIsTaken() {
    TestSession other = scenario.session(scenario.withEnrolee().id());
    other.registersKey(21).isRefusedWith(Refusal.NOT_REGISTERED_WITH_FUNCTION, 4103, 403);
    TestSession maf = scenario.session(mef.identity(mef.registersKey(21)));
    maf.registersKey(32).isRefusedWith(Refusal.NOT_REGISTERED_WITH_FUNCTION, 4103, 403);
  }

  @Test
  void aUsageOfAnotherFunctionOrOfNoneIsInvalid() {
    mef.registersKey(32).isRefusedWith(Refusal.INVALID_ATTRIBUTE, 4000, 400);
    mef.registersKey(20).isRefusedWith(Refusal.INVALID_ATTRIBUTE, 4000, 400);
    authenticated().registersKey(22).isRefusedWith(Refusal.INVALID_ATTRIBUTE, 4000, 400);
  }

  @Test
  void anAssociationHasExactlyOneTarget() {
    TestSession maf = authenticated();
    maf.registersKey(32, c -> c.put("tgis", List.of(IN_CSE, IN_CSE)))
        .isRefusedWith(Refusal.TARGET_COUNT, 4000, 400);
    assertThat(maf.registersKey(32, c -> c.put("tgis", List.of(IN_CSE))).attributes().texts("tgis"))
        .containsExactly(IN_CSE);
  }

  @Test
  void onlyTheRegistrarIsATargetByDefault() {
    TestSession maf = authenticated();
    maf.registersKey(32, c -> c.put("tgis", List.of("//sp.example.org/other")))
        .isRefusedWith(Refusal.TARGET_NOT_ALLOWED, 4103, 403);
    maf.registersKey(34, c -> c.put("tgis", List.of(IN_CSE)))
        .isRefusedWith(Refusal.TARGET_NOT_ALLOWED, 4103, 403);
    mef.registersKey(23).isRefusedWith(Refusal.TARGET_NOT_ALLOWED, 4103, 403);
    scenario
        .session(node.id())
        .registersKey(21, c -> c.put("tgis", List.of("maf.other.org")))
        .isRefusedWith(Refusal.TARGET_NOT_ALLOWED, 4103, 403);
  }

  @Test
  void liveKeysOfAClientAreLimited() {
    TestSession maf = authenticated();
    byte[] value = new byte[32];
    for (int i = 0; i < TrustScenario.KEYS_PER_CLIENT; i++) {
      maf.registersKey(33, c -> c.put("kv", value)).succeedsWith(2001);
    }
    maf.registersKey(33, c -> c.put("kv", value)).isRefusedWith(Refusal.QUOTA_EXCEEDED, 4103, 403);
    scenario.pass(ASSOCIATION);
    maf.registersKey(33, c -> c.put("kv", value)).succeedsWith(2001);
  }

  /** A node that enrols again and again, after crashes or without its vault, is not shut out. */
  @Test
  void supersededKeysTakeNoRoom() {
    for (int i = 0; i <= TrustScenario.KEYS_PER_CLIENT; i++) {
      TestSession again = scenario.session(node.id());
      scenario.accepts(again.identity(again.registersKey(21).succeedsWith(2001)));
    }
  }

  @Test
  void anEnrolmentOutlivesItsBootstrapCredentialButNotTheSubscription() {
    Enrolee brief =
        scenario.withEnrolee(
            n -> n.expiresAt(START.plusSeconds(60)).enrolmentLifetime(Duration.ofDays(10)));
    TestSession session = scenario.session(brief.id());
    session.registers();
    assertThat(session.registersKey(21).end()).isEqualTo(START.plus(Duration.ofDays(10)));
  }

  @Test
  void anAssociationEndsStrictlyBeforeItsParent() {
    Instant end = START.plus(Duration.ofHours(2));
    TestSession maf = scenario.session(mef.identity(mef.registersKey(21, c -> c.put("et", end))));
    assertThat(maf.registers().end()).isEqualTo(end);
    assertThat(maf.registersKey(32).end()).isEqualTo(end.minusSeconds(1));
    assertThat(authenticated(scenario.session(node.id())).registersKey(32).end())
        .isEqualTo(START.plus(ASSOCIATION));
  }

  private TestSession authenticated(TestSession bootstrapped) {
    TestSession maf = scenario.session(bootstrapped.identity(bootstrapped.registersKey(21)));
    maf.registers();
    return maf;
  }

  @Test
  void anEndInThePastIsRefusedAndNothingStored() {
    mef.registersKey(21, c -> c.put("et", START.minusSeconds(1)))
        .isRefusedWith(Refusal.EXPIRATION_IN_THE_PAST, 4000, 400);
    assertThat(
            scenario.<Integer>does(
                tx -> tx.keyRegistrations().ofClient(mef.principal().client()).size()))
        .isZero();
  }

  @Test
  void updateAnswersWithTheParametersOfTheRequest() {
    String id = mef.registersKey(21).id();
    TestAnswer labels =
        mef.updates(id, Attributes.builder().put("lbl", List.of("x")).build()).succeedsWith(2004);
    assertThat(labels.attributes().names()).containsExactly("lbl");
    TestAnswer named = mef.updates(id, targets("maf.sp.example.org")).succeedsWith(2004);
    assertThat(named.attributes().names()).containsExactly("tgis");
    mef.updates(id, targets("maf.other.org")).isRefusedWith(Refusal.TARGET_NOT_ALLOWED, 4103, 403);
    mef.updates(id, targets("maf.sp.example.org", "maf.sp.example.org"))
        .isRefusedWith(Refusal.TARGET_COUNT, 4000, 400);
    for (String fixed : List.of("suid", "adfq", "kv")) {
      mef.updates(id, Attributes.builder().put(fixed, 21).build())
          .isRefusedWith(Refusal.NOT_PERMITTED_ATTRIBUTE, 4000, 400);
    }
  }

  @Test
  void anEarlierEndTakesAlongWhatTheKeyLedTo() {
    TestAnswer ke = mef.registersKey(21);
    TestSession maf = scenario.session(mef.identity(ke));
    KeyIdentifier kmId = KeyIdentifier.parse(maf.registers().text("aski"));
    KeyIdentifier kc = maf.identity(maf.registersKey(32));
    Instant end = START.plusSeconds(100);
    assertThat(mef.updates(ke.id(), TestSession.until(end)).end()).isEqualTo(end);
    assertThat(scenario.credential(mef.identity(ke)).expiresAt()).isEqualTo(end);
    assertThat(scenario.credential(kmId).expiresAt()).isEqualTo(end);
    assertThat(scenario.credential(kc).expiresAt()).isEqualTo(end.minusSeconds(1));
    assertThat(
            scenario.<Instant>does(tx -> tx.keyRegistrations().find(kc).orElseThrow().expiresAt()))
        .isEqualTo(end.minusSeconds(1));
  }

  @Test
  void noUpdateProlongsAKeyBeyondItsFirstLimit() {
    TestAnswer ke = mef.registersKey(21, c -> c.put("et", START.plusSeconds(100)));
    scenario.pass(Duration.ofSeconds(50));
    Instant never = Instant.parse("9999-12-31T23:59:59Z");
    assertThat(mef.updates(ke.id(), TestSession.until(never)).end())
        .isEqualTo(START.plus(ENROLMENT));
  }

  @Test
  void onlyTheSourceClientChangesAKey() {
    String id = mef.registersKey(21).id();
    TestSession other = scenario.session(scenario.withEnrolee().id());
    other.registers();
    other
        .updates(id, Attributes.builder().put("lbl", List.of("x")).build())
        .isRefusedWith(Refusal.FOREIGN_REGISTRATION, 4103, 403);
    other.deletes(id).isRefusedWith(Refusal.FOREIGN_REGISTRATION, 4103, 403);
    mef.deletes("0".repeat(32)).isRefusedWith(Refusal.NO_SUCH_RESOURCE, 4004, 404);
  }

  @Test
  void keysAndSessionsEndOnTime() {
    KeyIdentifier ke = mef.identity(mef.registersKey(21, c -> c.put("et", START.plusSeconds(30))));
    TestSession maf = scenario.session(ke);
    maf.registers();
    KeyIdentifier kc = maf.identity(maf.registersKey(32));
    scenario.pass(Duration.ofSeconds(29));
    scenario.sweep();
    assertThat(scenario.endedSessions()).containsExactly(kc);
    scenario.pass(Duration.ofSeconds(1));
    scenario.sweep();
    assertThat(scenario.endedSessions()).contains(ke);
    assertThat(scenario.statusOf(ke)).isEqualTo(Status.REMOVED);
    assertThat(scenario.<Boolean>does(tx -> tx.keyRegistrations().key(ke).isEmpty())).isTrue();
    mef.registersKey(21).isRefusedWith(Refusal.NEW_HANDSHAKE_NEEDED, 4107, 403);
  }
}
