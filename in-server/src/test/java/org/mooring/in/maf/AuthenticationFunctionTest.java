// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.maf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.trust.TrustScenario.MASTER;
import static org.mooring.in.trust.TrustScenario.START;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Credential.Status;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.trust.TestAnswer;
import org.mooring.in.trust.TestSession;
import org.mooring.in.trust.TrustScenario;

/** assignedSymmKeyID: from the enrolment key to the master credential (TS-0003 clause 8.8.2.3). */
class AuthenticationFunctionTest {
  @TempDir Path folder;
  private TrustScenario scenario;
  private KeyIdentifier kpmId;
  private TestSession mef;
  private KeyIdentifier keId;
  private TestSession maf;

  @BeforeEach
  void open() {
    scenario = TrustScenario.givenProvider(folder);
    kpmId = scenario.withEnrolee().id();
    mef = scenario.session(kpmId);
    mef.registers();
    keId = mef.identity(mef.registersKey(21));
    maf = scenario.session(keId);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  private static KeyIdentifier kmId(TestAnswer answer) {
    return KeyIdentifier.parse(answer.text("aski"));
  }

  @Test
  void aClientWithAnEnrolmentKeyIsAssignedAMasterCredential() {
    TestAnswer answer = maf.registers().succeedsWith(2001);
    assertThat(answer.text("aski")).matches("[0-9A-F]{32}@maf\\.sp\\.example\\.org");
    assertThat(answer.end()).isEqualTo(START.plus(MASTER));
    Credential km = scenario.credential(kmId(answer));
    Credential ke = scenario.credential(keId);
    assertThat(km)
        .isEqualTo(
            new Credential(
                km.identity(),
                Credential.Kind.KM,
                FunctionRole.MAF,
                ke.client(),
                keId,
                ke.group(),
                Status.PENDING,
                ke.expiresAt()));
    assertThat(
            scenario.<SecretKeyBytes>does(tx -> tx.credentials().key(km.identity()).orElseThrow()))
        .isEqualTo(
            KeyLadder.usageConstrained(
                mef.export(ExporterLabel.BOOTSTRAP).key(),
                KeyUsage.PROVISIONED_FOR_MAF,
                scenario.provider().maf()));
  }

  @Test
  void repeatsGetTheSameKmIdWhileItLives() {
    TestAnswer first = maf.registers();
    assertThat(kmId(maf.registers())).isEqualTo(kmId(first));
    assertThat(kmId(scenario.session(keId).registers())).isEqualTo(kmId(first));
    assertThat(kmId(maf.retrieves(first.id()))).isEqualTo(kmId(first));
    assertThat(kmId(scenario.session(kmId(first)).registers())).isEqualTo(kmId(first));
  }

  @Test
  void theKeIdOpensSessionsUntilTheKmIdWasUsed() {
    KeyIdentifier kmId = kmId(maf.registers());
    scenario.accepts(keId);
    assertThat(scenario.credential(keId).opensHandshakeAt(START)).isTrue();
    scenario.accepts(kmId);
    assertThat(scenario.statusOf(keId)).isEqualTo(Status.SUPERSEDED);
    assertThat(scenario.statusOf(kmId)).isEqualTo(Status.CURRENT);
    maf.registersKey(32).succeedsWith(2001);
  }

  @Test
  void anUpdateTellsOfAKmIdOnlyIfItIsNew() {
    String id = maf.registers().id();
    scenario.accepts(keId);
    Attributes labels = Attributes.builder().put("lbl", List.of("x")).build();
    assertThat(maf.updates(id, labels).attributes().names()).containsExactly("lbl");

    TestSession again = scenario.session(kpmId);
    TestSession renewed = scenario.session(again.identity(again.registersKey(21)));
    TestAnswer update = renewed.updates(id, labels).succeedsWith(2004);
    assertThat(update.attributes().names()).containsExactlyInAnyOrder("lbl", "aski");
    assertThat(scenario.credential(kmId(update)).parent())
        .isEqualTo(renewed.principal().credential());
  }

  @Test
  void aNewEnrolmentEndsAKmIdThatWasNeverUsed() {
    KeyIdentifier first = kmId(maf.registers());
    scenario.accepts(keId);
    TestSession again = scenario.session(kpmId);
    TestSession renewed = scenario.session(again.identity(again.registersKey(21)));
    KeyIdentifier second = kmId(renewed.registers());
    assertThat(scenario.statusOf(first)).isEqualTo(Status.REMOVED);
    assertThat(scenario.statusOf(second)).isEqualTo(Status.PENDING);
    assertThat(scenario.credential(keId).opensHandshakeAt(START)).isTrue();
  }

  @Test
  void aSupersededKeIdIsAssignedNothingNew() {
    String id = maf.registers().id();
    scenario.accepts(keId);
    TestSession again = scenario.session(kpmId);
    KeyIdentifier newer = again.identity(again.registersKey(21));
    scenario.accepts(newer);
    assertThat(maf.retrieves(id).attributes().has("aski")).isFalse();
    assertThat(maf.registers().succeedsWith(2001).attributes().has("aski")).isFalse();
  }

  @Test
  void theRegistrationEndsWithTheCredential() {
    TestSession again = scenario.session(kpmId);
    KeyIdentifier brief =
        again.identity(again.registersKey(21, c -> c.put("et", START.plusSeconds(60))));
    assertThat(scenario.session(brief).registers().end()).isEqualTo(START.plusSeconds(60));
  }
}
