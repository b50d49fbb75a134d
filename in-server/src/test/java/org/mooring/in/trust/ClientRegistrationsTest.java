// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.trust.TrustScenario.ENROLMENT;
import static org.mooring.in.trust.TrustScenario.START;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.Registrar;

/** TS-0003 clauses 8.3.5.2.3 to 8.3.5.2.6 and 8.8.2.3 to 8.8.2.6. */
class ClientRegistrationsTest {
  @TempDir Path folder;
  private TrustScenario scenario;
  private Enrolee node;
  private TestSession session;

  @BeforeEach
  void open() {
    scenario = TrustScenario.givenProvider(folder);
    node = scenario.withEnrolee();
    session = scenario.session(node.id());
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  private static Attributes labels(String... labels) {
    return Attributes.builder().put("lbl", List.of(labels)).build();
  }

  @Test
  void createAnswersWithWhatTheServerGranted() {
    TestAnswer answer = session.registers(c -> c.put("lbl", List.of("a", "b"))).succeedsWith(2001);
    assertThat(answer.attributes().names())
        .containsExactlyInAnyOrder("ri", "et", "ct", "lt", "cr", "adfq", "lbl", "ccfg");
    assertThat(answer.id()).hasSize(26).matches("[0-9a-v]+");
    assertThat(RelativeKeyId.isValid(answer.id())).isFalse();
    assertThat(answer.end()).isEqualTo(START.plus(ENROLMENT));
    assertThat(answer.text("cr")).isEqualTo("//sp.example.org" + node.entity());
    assertThat(answer.text("adfq")).isEqualTo("sp.example.org");
    assertThat(answer.attributes().texts("lbl")).containsExactly("a", "b");
  }

  @Test
  void createAndRetrieveCarryTheClientConfiguration() {
    TestAnswer created = session.registers();
    TestAnswer retrieved = session.retrieves(created.id()).succeedsWith(2000);
    ClientConfiguration configuration =
        ClientConfiguration.from(retrieved.attributes().members("ccfg").orElseThrow())
            .orElseThrow();
    assertThat(configuration.cseId()).isEqualTo(node.entity());
    assertThat(configuration.nodeId()).isEqualTo(node.nodeId());
    assertThat(configuration.registrar().value()).isEqualTo("//sp.example.org/id-in");
    assertThat(configuration.registrarFqdn().value()).isEqualTo("id-in.sp.example.org");
    assertThat(configuration.mafAccess()).containsExactly("coaps://in.example.org:5684");
    assertThat(configuration.path()).isEqualTo(EnrolmentPath.MAF);
    assertThat(created.attributes()).isEqualTo(retrieved.attributes());
  }

  @Test
  void theClientConfigurationNamesTheRegistrarOfTheEnrolment() {
    Enrolee behind =
        scenario.withEnrolee(
            n ->
                n.registrar(
                    new Registrar(
                        new CseId("/mn-1"), Optional.of("coaps://gateway.example.org:5684"))));

    ClientConfiguration configuration =
        ClientConfiguration.from(
                scenario
                    .session(behind.id())
                    .registers()
                    .attributes()
                    .members("ccfg")
                    .orElseThrow())
            .orElseThrow();

    assertThat(configuration.registrar().value()).isEqualTo("//sp.example.org/mn-1");
    assertThat(configuration.registrarFqdn().value()).isEqualTo("mn-1.sp.example.org");
    assertThat(configuration.registrarAccess()).containsExactly("coaps://gateway.example.org:5684");
    assertThat(configuration.mafAccess()).containsExactly("coaps://in.example.org:5684");
  }

  @Test
  void aRepeatedCreateKeepsTheIdAndRenewsTheRest() {
    TestAnswer first = session.registers(c -> c.put("lbl", List.of("old")));
    scenario.pass(Duration.ofDays(1));
    TestAnswer again = session.registers(c -> c.put("lbl", List.of("new"))).succeedsWith(2001);
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.end()).isEqualTo(first.end().plus(Duration.ofDays(1)));
    assertThat(again.attributes().texts("lbl")).containsExactly("new");
    assertThat(again.text("ct")).isEqualTo(first.text("ct"));
  }

  @Test
  void createAfterTheEndIsANewRegistration() {
    String first = session.registers(c -> c.put("et", START.plus(Duration.ofHours(1)))).id();
    scenario.pass(Duration.ofHours(1));
    TestAnswer second = session.registers().succeedsWith(2001);
    assertThat(second.id()).isNotEqualTo(first);
    session.retrieves(first).isRefusedWith(Refusal.NO_SUCH_RESOURCE, 4004, 404);
  }

  @Test
  void theEndNeverLiesBehindThatOfTheCredential() {
    Enrolee brief = scenario.withEnrolee(n -> n.expiresAt(START.plusSeconds(90)));
    assertThat(scenario.session(brief.id()).registers().end()).isEqualTo(START.plusSeconds(90));
  }

  @Test
  void anEndInThePastIsRefusedAndNothingStored() {
    session
        .registers(c -> c.put("et", START))
        .isRefusedWith(Refusal.EXPIRATION_IN_THE_PAST, 4000, 400);
    assertThat(
            scenario.<Integer>does(
                tx -> tx.clientRegistrations().ofClient(session.principal().client()).size()))
        .isZero();
  }

  @Test
  void anotherStakeholderIsRefused() {
    session
        .registers(c -> c.put("adfq", "other.example.org"))
        .isRefusedWith(Refusal.STAKEHOLDER_NOT_ALLOWED, 4103, 403);
    session.registers(c -> c.put("adfq", "SP.example.org")).succeedsWith(2001);
  }

  @Test
  void updateAnswersWithTheParametersOfTheRequest() {
    String id = session.registers(c -> c.put("lbl", List.of("a"))).id();
    TestAnswer labels = session.updates(id, labels("b")).succeedsWith(2004);
    assertThat(labels.attributes().names()).containsExactly("lbl");
    TestAnswer end =
        session.updates(id, TestSession.until(START.plusSeconds(60))).succeedsWith(2004);
    assertThat(end.attributes().names()).containsExactly("et");
    TestAnswer now = session.retrieves(id);
    assertThat(now.end()).isEqualTo(START.plusSeconds(60));
    assertThat(now.attributes().texts("lbl")).containsExactly("b");
  }

  @Test
  void updateChecksTheEnd() {
    String id = session.registers().id();
    session
        .updates(id, TestSession.until(START.minusSeconds(1)))
        .isRefusedWith(Refusal.EXPIRATION_IN_THE_PAST, 4000, 400);
    session
        .updates(id, Attributes.builder().put("adfq", "sp.example.org").build())
        .isRefusedWith(Refusal.NOT_PERMITTED_ATTRIBUTE, 4000, 400);
  }

  @Test
  void aForeignRegistrationIsRefusedForEveryOperation() {
    String id = session.registers().id();
    TestSession other = scenario.session(scenario.withEnrolee().id());
    other.retrieves(id).isRefusedWith(Refusal.FOREIGN_REGISTRATION, 4103, 403);
    other.updates(id, labels("x")).isRefusedWith(Refusal.FOREIGN_REGISTRATION, 4103, 403);
    other.deletes(id).isRefusedWith(Refusal.FOREIGN_REGISTRATION, 4103, 403);
    session.retrieves(id).succeedsWith(2000);
  }

  @Test
  void deleteRemovesTheRegistrationAndFreezesItsKeys() {
    String id = session.registers().id();
    TestAnswer key = session.registersKey(21);
    session.deletes(id).succeedsWith(2002);
    session.retrieves(id).isRefusedWith(Refusal.NO_SUCH_RESOURCE, 4004, 404);
    session
        .updates(key.id(), labels("x"))
        .isRefusedWith(Refusal.NOT_REGISTERED_WITH_FUNCTION, 4103, 403);
    session.deletes(key.id()).isRefusedWith(Refusal.NOT_REGISTERED_WITH_FUNCTION, 4103, 403);
    assertThat(scenario.credential(session.identity(key)).opensHandshakeAt(START)).isTrue();
  }

  @Test
  void anExpiredRegistrationIsGoneBeforeAndAfterTheSweep() {
    String id = session.registers(c -> c.put("et", START.plusSeconds(10))).id();
    scenario.pass(Duration.ofSeconds(10));
    session.retrieves(id).isRefusedWith(Refusal.NO_SUCH_RESOURCE, 4004, 404);
    scenario.sweep();
    session.retrieves(id).isRefusedWith(Refusal.NO_SUCH_RESOURCE, 4004, 404);
    assertThat(
            scenario.<Integer>does(
                tx -> tx.clientRegistrations().ofClient(session.principal().client()).size()))
        .isZero();
  }

  @Test
  void aSessionOfAnEndedCredentialIsRefused() {
    scenario.<Boolean>does(
        tx -> {
          scenario.generations().revoke(tx, node.id(), "test", "admin");
          return true;
        });
    session.registers().isRefusedWith(Refusal.CREDENTIAL_ENDED, 4107, 403);
  }
}
