// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.trust.KeyRetrieval.Reader;
import org.mooring.in.trust.KeyRetrieval.RetrievedKey;

/** TS-0003 clauses 8.3.2.1, 8.8.2.8 and 10.3.7. */
class HeldKeysTest {
  private static final Fqdn MAF = new Fqdn("maf.sp.example.org");
  private static final Fqdn CSE = new Fqdn("id-in.sp.example.org");

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

  private RetrievedKey retrieve(KeyIdentifier identity, Reader reader) {
    KeyRetrieval keys = new HeldKeys(identity.issuer(), scenario.provider().sp());
    return scenario.does(tx -> keys.retrieve(tx, identity.relativeKeyId().orElseThrow(), reader));
  }

  private void assertRefused(KeyIdentifier identity, Reader reader, Refusal refusal) {
    assertThatThrownBy(() -> retrieve(identity, reader))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
  }

  private static Reader maf() {
    return new Reader(FunctionRole.MAF, MAF);
  }

  private static Reader cse() {
    return new Reader(FunctionRole.CSE, CSE);
  }

  @Test
  void aMafGetsTheKeyOfUsage21DerivedForItsName() {
    KeyIdentifier ke = mef.identity(mef.registersKey(21));
    SecretKeyBytes exported = mef.export(ExporterLabel.BOOTSTRAP).key();
    RetrievedKey km = retrieve(ke, maf());
    assertThat(km.key())
        .isEqualTo(KeyLadder.usageConstrained(exported, KeyUsage.PROVISIONED_FOR_MAF, MAF));
    assertThat(km.client()).isEqualTo(new CseId("//sp.example.org" + node.entity()));
    assertThat(km.expiresAt()).isEqualTo(scenario.credential(ke).expiresAt());
  }

  @Test
  void aCseGetsTheKeyOfUsage22DerivedForItsNameAndKcAsItIs() {
    TestSession direct = scenario.session(node.id());
    KeyIdentifier ke = direct.identity(direct.registersKey(22));
    assertThat(retrieve(ke, cse()).key())
        .isEqualTo(
            KeyLadder.usageConstrained(
                direct.export(ExporterLabel.BOOTSTRAP).key(),
                KeyUsage.PROVISIONED_FOR_ASSOCIATION,
                CSE));
    TestSession maf = scenario.session(mef.identity(mef.registersKey(21)));
    maf.registers();
    KeyIdentifier kc = maf.identity(maf.registersKey(32));
    assertThat(retrieve(kc, cse()).key()).isEqualTo(maf.export(ExporterLabel.CONNECTION).key());
  }

  @Test
  void anotherFunctionThanTheTargetGetsNothing() {
    KeyIdentifier ke = mef.identity(mef.registersKey(21));
    assertRefused(ke, cse(), Refusal.NOT_A_TARGET);
    assertRefused(
        ke, new Reader(FunctionRole.MAF, new Fqdn("maf.other.org")), Refusal.NOT_A_TARGET);
    assertRefused(ke, new Reader(FunctionRole.CSE, MAF), Refusal.NOT_A_TARGET);
  }

  @Test
  void aKeyThatOpensNoSessionAnyLongerIsUnknown() {
    KeyIdentifier first = mef.identity(mef.registersKey(21));
    scenario.accepts(first);
    TestSession later = scenario.session(node.id());
    KeyIdentifier second = later.identity(later.registersKey(21));
    scenario.accepts(second);
    assertRefused(first, maf(), Refusal.NO_SUCH_RESOURCE);
    scenario.<Boolean>does(
        tx -> {
          scenario.generations().revoke(tx, second, "test", "admin");
          return true;
        });
    assertRefused(second, maf(), Refusal.NO_SUCH_RESOURCE);
    assertRefused(KeyIdentifier.parse("0".repeat(32) + "@" + MAF), maf(), Refusal.NO_SUCH_RESOURCE);
  }

  @Test
  void clientsThatAreNoTargetsGetNoKeyTheSourceIncluded() {
    String id = mef.registersKey(21).id();
    mef.retrieves(id).isRefusedWith(Refusal.NOT_A_TARGET, 4103, 403);
    TestSession other = scenario.session(scenario.withEnrolee().id());
    other.retrieves(id).isRefusedWith(Refusal.NOT_A_TARGET, 4103, 403);
    other.retrieves("0".repeat(32)).isRefusedWith(Refusal.NO_SUCH_RESOURCE, 4004, 404);
  }

  @Test
  void aClientThatIsATargetGetsTheKeyWithoutTheTargets() {
    TestSession maf = scenario.session(mef.identity(mef.registersKey(21)));
    maf.registers();
    TestAnswer kc = maf.registersKey(32);
    TestAnswer retrieved = scenario.registrarAtMaf().retrieves(kc.id()).succeedsWith(2000);
    assertThat(retrieved.attributes().names())
        .containsExactlyInAnyOrder("et", "cr", "adfq", "suid", "lbl", "kv");
    assertThat(retrieved.attributes().texts("lbl"))
        .singleElement(STRING)
        .startsWith("Credential-ID:11-");
    assertThat(SecretKeyBytes.copyOf(retrieved.attributes().octets("kv").orElseThrow()))
        .isEqualTo(maf.export(ExporterLabel.CONNECTION).key());
  }

  @Test
  void ofATargetThatAsksAgainTheLogHasTheFirstTime() {
    TestSession maf = scenario.session(mef.identity(mef.registersKey(21)));
    maf.registers();
    String kc = maf.registersKey(32).id();
    long before = scenario.auditEntries();

    scenario.registrarAtMaf().retrieves(kc).succeedsWith(2000);
    scenario.registrarAtMaf().retrieves(kc).succeedsWith(2000);

    assertThat(scenario.auditEntries()).isEqualTo(before + 1);
  }
}
