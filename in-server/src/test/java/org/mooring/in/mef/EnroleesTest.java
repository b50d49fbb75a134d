// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.in.trust.TrustScenario.START;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.certificate.HardwareId;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.trust.TestSession;
import org.mooring.in.trust.TrustScenario;

/** Bootstrap Credential Configuration. */
class EnroleesTest {
  private static final KeyIdentifier PUMP = KeyIdentifier.parse("pump-1@mef.sp.example.org");
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

  private Enrolees.Added add(UnaryOperator<NewEnrolee.Builder> node) {
    return scenario.does(
        tx -> scenario.enrolees().add(tx, node.apply(NewEnrolee.builder()).build(), "admin"));
  }

  private void assertInvalid(String field, UnaryOperator<NewEnrolee.Builder> node) {
    long entries = scenario.auditEntries();
    assertThatThrownBy(() -> add(node))
        .isInstanceOf(InvalidEnroleeException.class)
        .hasMessageStartingWith(field + ":");
    assertThat(scenario.auditEntries()).isEqualTo(entries);
  }

  private static SecretKeyBytes key(int octets) {
    return SecretKeyBytes.copyOf(new byte[octets]);
  }

  @Test
  void cseIdsThatAreMadeStandInTheOrderOfTime() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      made.add(add(n -> n).enrolee().entity().value());
    }
    assertThat(made).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aCseIdThatIsTakenIsNotMade() {
    String next = add(n -> n).enrolee().entity().value();
    long number = Long.parseLong(next.substring("/asn-".length()), 16) + (1 << 6);
    String taken = String.format(Locale.ROOT, "/asn-%012x", number);
    add(n -> n.entity(new CseId(taken)));
    assertThat(add(n -> n).enrolee().entity().value()).isGreaterThan(taken);
  }

  @Test
  void whatIsLeftOutIsMade() {
    Enrolees.Added added = add(n -> n);
    Enrolee enrolee = added.enrolee();
    assertThat(enrolee.id().toString()).matches("[0-9A-F]{32}@mef\\.sp\\.example\\.org");
    assertThat(enrolee.entity().value()).matches("/asn-[0-9a-f]{12}");
    assertThat(enrolee.nodeId().value()).matches("urn:uuid:[0-9a-f-]{36}");
    assertThat(enrolee.path()).isEqualTo(EnrolmentPath.MAF);
    assertThat(added.key())
        .isInstanceOfSatisfying(
            Enrolees.Key.Generated.class,
            kpm -> {
              assertThat(kpm.octets().length()).isEqualTo(32);
              assertThat(kpm.octets().fingerprint()).isEqualTo(enrolee.fingerprint());
              assertThat(storedKey(enrolee.id())).isEqualTo(kpm.octets());
            });
    assertThat(scenario.<Enrolee>does(tx -> tx.enrolees().find(enrolee.id()).orElseThrow()))
        .isEqualTo(enrolee);
  }

  private SecretKeyBytes storedKey(KeyIdentifier identity) {
    return scenario.does(tx -> tx.credentials().key(identity).orElseThrow());
  }

  @Test
  void whatIsGivenIsTaken() {
    Enrolees.Added added =
        add(
            n ->
                n.id(PUMP)
                    .key(key(16))
                    .entity(new CseId("/pump-1"))
                    .nodeId(new NodeId("0.2.481.1"))
                    .path(EnrolmentPath.DIRECT)
                    .expiresAt(START.plusSeconds(5)));
    assertThat(added.key()).isInstanceOf(Enrolees.Key.Given.class);
    assertThat(added.enrolee().path()).isEqualTo(EnrolmentPath.DIRECT);
    Credential bootstrap = scenario.credential(PUMP);
    assertThat(bootstrap.kind()).isEqualTo(Credential.Kind.KPM);
    assertThat(bootstrap.client()).isEqualTo(new CseId("//sp.example.org/pump-1"));
    assertThat(bootstrap.opensHandshakeAt(START.plusSeconds(4))).isTrue();
    assertThat(bootstrap.opensHandshakeAt(START.plusSeconds(5))).isFalse();
  }

  @Test
  void preProvisionedNodeBeginsWhereItsKeyIsShared() {
    Enrolee ofMaf = add(n -> n.factoryKey(FactoryKey.KM)).enrolee();
    Enrolee ofCse = add(n -> n.factoryKey(FactoryKey.KPSA)).enrolee();

    assertThat(ofMaf.id().issuer()).hasToString("maf.sp.example.org");
    assertThat(ofMaf.path()).isEqualTo(EnrolmentPath.MAF);
    assertThat(scenario.credential(ofMaf.id()))
        .returns(Credential.Kind.KM, Credential::kind)
        .returns(FunctionRole.MAF, Credential::role)
        .returns(Credential.Status.CURRENT, Credential::status);
    assertThat(ofCse.id().issuer()).hasToString("sp.example.org");
    assertThat(ofCse.path()).isEqualTo(EnrolmentPath.DIRECT);
    assertThat(scenario.credential(ofCse.id()))
        .returns(Credential.Kind.KPSA, Credential::kind)
        .returns(FunctionRole.CSE, Credential::role);
  }

  /** TS-0003 clauses 10.5 and 10.6. */
  @Test
  void anyStakeholderIssuesAKpsaIdAndTheMafAloneAKmId() {
    KeyIdentifier elsewhere = KeyIdentifier.parse("test@onem2m.com");

    assertThat(add(n -> n.factoryKey(FactoryKey.KPSA).id(elsewhere)).enrolee().id())
        .isEqualTo(elsewhere);
    assertInvalid("kmId", n -> n.factoryKey(FactoryKey.KM).id(KeyIdentifier.parse("a@b.org")));
  }

  @Test
  void kmIdsThatDifferInCaseAloneAreTheSame() {
    KeyIdentifier written = KeyIdentifier.parse("Pump@maf.sp.example.org");
    KeyIdentifier shouted = KeyIdentifier.parse("PUMP@maf.sp.example.org");

    Enrolee pump = add(n -> n.factoryKey(FactoryKey.KM).id(written)).enrolee();

    assertThat(scenario.<Boolean>does(tx -> scenario.enrolees().show(tx, shouted).isPresent()))
        .isTrue();
    assertThat(pump.id()).hasToString("pump@maf.sp.example.org");
    assertInvalid("kmId", n -> n.factoryKey(FactoryKey.KM).id(shouted));
  }

  @Test
  void aCertificateIsKnownByItsNameAlone() {
    Enrolee byCse =
        add(n -> n.factoryKey(FactoryKey.CERTIFICATE).entity(new CseId("/pump"))).enrolee();
    Enrolee byAe =
        add(n -> n.factoryKey(FactoryKey.CERTIFICATE).entity(new AeId("/Sthermo"))).enrolee();
    Enrolee byNode =
        add(n ->
                n.factoryKey(FactoryKey.CERTIFICATE)
                    .certificate(CertificateKind.NODE_ID)
                    .nodeId(new NodeId("0.2.481.1")))
            .enrolee();

    assertThat(byCse.id().relative()).matches("32-[0-9a-f]{32}");
    assertThat(byCse.fingerprint()).isEqualTo("pump.sp.example.org");
    assertThat(byAe.id().relative()).matches("33-[0-9a-f]{32}");
    assertThat(byAe.fingerprint()).isEqualTo("m2m://sp.example.org/Sthermo");
    assertThat(byNode.id().relative()).matches("34-[0-9a-f]{32}");
    assertThat(byNode.fingerprint()).isEqualTo("0.2.481.1");
    assertThat(scenario.credential(byCse.id()))
        .returns(Credential.Kind.CERTIFICATE, Credential::kind)
        .returns(FunctionRole.MEF, Credential::role);
    assertThat(scenario.<Boolean>does(tx -> tx.credentials().key(byCse.id()).isPresent()))
        .isFalse();
  }

  @Test
  void aDeviceIsKnownByItsHardware() {
    HardwareId id = new HardwareId("0.2.481.1.100.3030.10011");
    Enrolee enrolee =
        add(n ->
                n.factoryKey(FactoryKey.CERTIFICATE)
                    .certificate(CertificateKind.DEVICE)
                    .deviceId(id))
            .enrolee();

    assertThat(enrolee.id().relative()).matches("31-[0-9a-f]{32}");
    assertThat(enrolee.fingerprint()).isEqualTo(id.value());
    assertInvalid(
        "deviceId", n -> n.factoryKey(FactoryKey.CERTIFICATE).certificate(CertificateKind.DEVICE));
    assertInvalid("deviceId", n -> n.factoryKey(FactoryKey.CERTIFICATE).deviceId(id));
  }

  @Test
  void aRawPublicKeyIsKnownByItsIdentifier() {
    PublicKeyId key = new PublicKeyId(PublicKeyId.Algorithm.SHA_256, "0a".repeat(32));
    Enrolee enrolee = add(n -> n.factoryKey(FactoryKey.PUBLIC_KEY).publicKey(key)).enrolee();

    assertThat(enrolee.id()).hasToString("30-" + "0a".repeat(16) + "@mef.sp.example.org");
    assertThat(enrolee.fingerprint()).isEqualTo(key.toString());
    assertThat(scenario.credential(enrolee.id()))
        .returns(Credential.Kind.CERTIFICATE, Credential::kind)
        .returns(FunctionRole.MEF, Credential::role);
    assertInvalid("publicKeyId", n -> n.factoryKey(FactoryKey.PUBLIC_KEY).publicKey(key));
    assertInvalid("publicKey", n -> n.factoryKey(FactoryKey.PUBLIC_KEY));
  }

  @Test
  void preProvisionedNodeTakesThePathOfItsKey() {
    assertInvalid("path", n -> n.factoryKey(FactoryKey.KM).path(EnrolmentPath.DIRECT));
    assertInvalid("path", n -> n.factoryKey(FactoryKey.KPSA).path(EnrolmentPath.MAF));
    assertInvalid("km", n -> n.factoryKey(FactoryKey.KM).key(key(15)));
  }

  @Test
  void fieldsThatDoNotFitAreNamed() {
    assertInvalid("kpmId", n -> n.id(KeyIdentifier.parse("a@mef.other.org")));
    assertInvalid("csi", n -> n.entity(new CseId("/Pump")));
    assertInvalid("csi", n -> n.entity(new CseId("/pump.1")));
    assertInvalid("csi", n -> n.entity(new CseId("//sp.example.org/pump")));
    assertInvalid("csi", n -> n.entity(new CseId("/id-in")));
    assertInvalid("csi", n -> n.entity(new CseId("/mef")));
    assertInvalid("csi", n -> n.entity(new CseId("/maf")));
    assertInvalid("aei", n -> n.entity(new AeId("/pump/Cthermo")));
    assertInvalid("aei", n -> n.entity(new AeId("//sp.example.org/Sthermo")));
    assertInvalid(
        "certificate",
        n ->
            n.factoryKey(FactoryKey.CERTIFICATE)
                .certificate(CertificateKind.CSE_ID)
                .entity(new AeId("/Sthermo")));
    assertInvalid(
        "certificate",
        n -> n.factoryKey(FactoryKey.CERTIFICATE).certificate(CertificateKind.AE_ID));
    for (String other : List.of("/id-in", "/Gateway", "//sp.example.org/mn-1")) {
      assertInvalid(
          "registrar", n -> n.registrar(new Registrar(new CseId(other), Optional.empty())));
    }
    assertInvalid(
        "registrar",
        n ->
            n.entity(new CseId("/pump"))
                .registrar(new Registrar(new CseId("/pump"), Optional.empty())));
    assertInvalid("kpm", n -> n.key(key(15)));
    assertInvalid("expires", n -> n.expiresAt(START));
    assertInvalid("enrolment lifetime", n -> n.enrolmentLifetime(Duration.ZERO));
    add(n -> n.key(key(15)).allowWeakKey(true));
  }

  @Test
  void identifiersAreTakenOnce() {
    add(n -> n.id(PUMP).entity(new CseId("/pump")).nodeId(new NodeId("n1")));
    assertInvalid("kpmId", n -> n.id(PUMP));
    assertInvalid("csi", n -> n.entity(new CseId("/pump")));
    assertInvalid("nodeId", n -> n.nodeId(new NodeId("n1")));
  }

  @Test
  void listGoesPageByPage() {
    for (String name : List.of("c", "a", "b")) {
      add(n -> n.id(KeyIdentifier.parse(name + "@mef.sp.example.org")));
    }
    List<Enrolee> first = scenario.does(tx -> scenario.enrolees().list(tx, "", 2));
    assertThat(first).extracting(e -> e.id().relative()).containsExactly("a", "b");
    String last = first.get(1).id().toString();
    List<Enrolee> second = scenario.does(tx -> scenario.enrolees().list(tx, last, 2));
    assertThat(second).extracting(e -> e.id().relative()).containsExactly("c");
  }

  @Test
  void showTellsRegistrationsAndCredentials() {
    Enrolee node = add(n -> n.id(PUMP)).enrolee();
    scenario.pass(Duration.ofSeconds(1));
    TestSession mef = scenario.session(PUMP);
    mef.registers();
    KeyIdentifier ke = mef.identity(mef.registersKey(21));
    Enrolees.View view = scenario.does(tx -> scenario.enrolees().show(tx, PUMP).orElseThrow());
    assertThat(view.enrolee()).isEqualTo(node);
    assertThat(view.clientRegistrations()).hasSize(1);
    assertThat(view.keyRegistrations()).singleElement().matches(k -> k.identity().equals(ke));
    assertThat(view.credentials()).extracting(Credential::identity).containsExactly(PUMP, ke);
  }
}
