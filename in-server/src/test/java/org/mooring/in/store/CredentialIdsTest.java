// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.certificate.HardwareId;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.common.subscription.CredentialId;
import org.mooring.in.mef.CertificateKind;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.FactoryKey;
import org.mooring.in.mef.NewEnrolee;
import org.mooring.in.trust.TestSession;
import org.mooring.in.trust.TrustScenario;

/** The Credential-IDs of sec:credIDTypeID (TS-0003 clauses 8.2.1, 8.2.2 and 12.3.2.1). */
class CredentialIdsTest {
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

  private Enrolee enrolled(FactoryKey key, UnaryOperator<NewEnrolee.Builder> node) {
    return scenario.withEnrolee(wanted -> node.apply(wanted.factoryKey(key)));
  }

  private Enrolee withCertificate(UnaryOperator<NewEnrolee.Builder> node) {
    return enrolled(FactoryKey.CERTIFICATE, node);
  }

  private String idOf(KeyIdentifier opened) {
    return scenario.does(tx -> CredentialIds.idOf(tx, scenario.provider().sp(), opened)).value();
  }

  /** Of an association key that the MAF hands out in a session by this credential. */
  private String throughMaf(KeyIdentifier towardMaf) {
    TestSession maf = scenario.session(towardMaf);
    maf.registers().succeedsWith(2001);
    return idOf(maf.identity(maf.registersKey(32).succeedsWith(2001)));
  }

  private KeyIdentifier shownTo(Fqdn function, Enrolee enrolee) {
    return new KeyIdentifier(enrolee.id().relative(), function);
  }

  private void assertBothWays(Enrolee enrolee, String id) {
    assertThat(idOf(shownTo(scenario.provider().cseFqdn(), enrolee))).isEqualTo(id);
    assertThat(throughMaf(shownTo(scenario.provider().maf(), enrolee))).isEqualTo(id);
  }

  @Test
  void aKpsaCountsAsItself() {
    KeyIdentifier kpsaId = KeyIdentifier.parse("test@onem2m.com");
    enrolled(FactoryKey.KPSA, node -> node.id(kpsaId));

    assertThat(idOf(kpsaId)).isEqualTo("12-test@onem2m.com");
  }

  @Test
  void anAssociationKeyOfTheMafCountsAsItsClientsKmId() {
    KeyIdentifier kmId = KeyIdentifier.parse("pump@maf.sp.example.org");
    enrolled(FactoryKey.KM, node -> node.id(kmId));

    assertThat(throughMaf(kmId)).isEqualTo("11-pump@maf.sp.example.org");
  }

  @Test
  void aCertificateCountsByItsNameAtTheCseItselfAndThroughTheMaf() {
    assertBothWays(
        withCertificate(node -> node.entity(new CseId("/pump"))), "32-pump.sp.example.org");
    assertBothWays(
        withCertificate(node -> node.entity(new AeId("/Sthermo"))), "33-//sp.example.org/Sthermo");
    assertBothWays(
        withCertificate(
            node -> node.certificate(CertificateKind.NODE_ID).nodeId(new NodeId("0.2.481.1"))),
        "34-0.2.481.1");
    HardwareId device = new HardwareId("0.2.481.1.100.3030.10011");
    assertBothWays(
        withCertificate(node -> node.certificate(CertificateKind.DEVICE).deviceId(device)),
        "31-" + device);
  }

  @Test
  void aRuleGoesOnToMatchWhatACertificateLedToOnceThatIsRemoved() {
    Enrolee thermo = withCertificate(node -> node.entity(new AeId("/Sthermo")));
    TestSession maf = scenario.session(shownTo(scenario.provider().maf(), thermo));
    maf.registers();
    KeyIdentifier kcId = maf.identity(maf.registersKey(32));
    scenario.does(
        tx -> {
          scenario.generations().remove(tx, shownTo(scenario.provider().maf(), thermo));
          return true;
        });

    assertThat(idOf(kcId)).isEqualTo("33-//sp.example.org/Sthermo");
  }

  @Test
  void aSessionWhoseCredentialIsGoneHasNone() {
    assertThatThrownBy(() -> idOf(KeyIdentifier.parse("gone@maf.sp.example.org")))
        .isInstanceOf(RefusedException.class);
  }

  private List<String> credentialsOf(Enrolee enrolee) {
    EntityId client = enrolee.entity().absolute(scenario.provider().sp());
    return scenario.does(tx -> tx.credentialsOf(client, scenario.provider().sp())).stream()
        .map(CredentialId::value)
        .toList();
  }

  @Test
  void aClientHasWhatTheMefProvisionedForTheCseUntilThatIsRevoked() {
    Enrolee pump =
        enrolled(
            FactoryKey.KPM, node -> node.entity(new AeId("/Spump")).path(EnrolmentPath.DIRECT));
    assertThat(credentialsOf(pump)).isEmpty();

    TestSession mef = scenario.session(pump.id());
    mef.registers().succeedsWith(2001);
    KeyIdentifier keId = mef.identity(mef.registersKey(22).succeedsWith(2001));

    assertThat(credentialsOf(pump)).containsExactly("12-" + keId);
    scenario.does(tx -> scenario.enrolees().revoke(tx, pump.id(), "stolen", "admin"));
    assertThat(credentialsOf(pump)).isEmpty();
  }

  @Test
  void aClientHasWhatItShowsToTheMafBeforeItHasAKeyOfThat() {
    Enrolee pump =
        enrolled(FactoryKey.KM, node -> node.id(KeyIdentifier.parse("pump@maf.sp.example.org")));
    assertThat(credentialsOf(pump)).containsExactly("11-pump@maf.sp.example.org");

    throughMaf(pump.id());

    assertThat(credentialsOf(pump)).containsExactly("11-pump@maf.sp.example.org");
  }
}
