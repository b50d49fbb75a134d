// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.dtls.CertificateCredential;
import org.mooring.common.dtls.CertificateIdentity;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.peer.PeerFailedException;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.walk.ForeignNode.Credential;
import org.mooring.interop.walk.ForeignNode.Exported;

/**
 * {@code openssl s_client} and our own node enrol with certificates that the server's own CA issued
 * (TS-0003 clause 8.3.2.2).
 */
@Timeout(120)
class CertificateEnrolmentTest extends CertificateTest {
  @BeforeAll
  static void start(@TempDir Path folder) {
    start(folder, List.of(MEF));
  }

  /** The keys that OpenSSL exports are the server's, or no handshake with them would succeed. */
  @Test
  void walksTheDirectPathWithACseIdCertificate() throws GeneralSecurityException {
    TestBed.Enrolee enrolee = enrolee("/asn-1", "direct", "cse-id");
    pki("pki", "issue", "--cse-id", enrolee.csi(), "--out", file("direct"));
    OneM2mMessages trust = new OneM2mMessages("", "certificate-direct");

    try (OpenSslClient mef = connect("direct")) {
      walkTheDirectPath(mef, trust, enrolee);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.2.481.1.100.3030.10011, /device-1", "1.3.6.1.4.1.32473.7:00c0ffee, /device-2"})
  void walksTheDirectPathWithADeviceCertificate(String deviceId, String csi)
      throws GeneralSecurityException {
    TestBed.Enrolee enrolee = device(csi, deviceId);
    String name = csi.substring(1);
    pki("pki", "issue", "--device-id", deviceId, "--out", file(name));

    try (OpenSslClient mef = connect(name)) {
      walkTheDirectPath(mef, new OneM2mMessages("", "certificate-" + name), enrolee);
    }
  }

  @Test
  void walksTheMafPathWithANodeIdCertificate() throws GeneralSecurityException {
    TestBed.Enrolee enrolee = enrolee("/asn-2", "maf", "node-id");
    pki("pki", "issue", "--node-id", enrolee.nodeId(), "--out", file("node"));
    OneM2mMessages trust = new OneM2mMessages("", "certificate-maf");

    Exported ke;
    try (OpenSslClient mef = connect("node")) {
      var unused = bootstrap(mef, trust, enrolee);
      ke = Exported.of(mef);
      ForeignNode.succeed(mef, ForeignNode.keyRegistration(trust, MEF, 21, MAF), "sec:skr");
    }

    byte[] km = ForeignNode.usageConstrained(ke.key(), "21", MAF);
    try (OpenSslClient maf =
        ForeignNode.connect(
            server.ports().coaps(),
            MAF,
            new Credential(ke.relativeId() + "@" + MEF, km),
            ForeignNode.CONNECTION)) {
      assertThat(
              ForeignNode.succeed(
                      maf, ForeignNode.clientRegistration(trust, MAF, 3, "sec:mafcr"), "sec:mafcr")
                  .attributes()
                  .text("aski"))
          .isPresent();
    }
  }

  @Test
  void anApplicationBootstrapsWithItsAeIdCertificate() throws GeneralSecurityException {
    application("/Sthermo", "direct");
    pki("pki", "issue", "--ae-id", "/Sthermo", "--out", file("thermo"));
    OneM2mMessages trust = new OneM2mMessages("", "certificate-ae");

    Exported ke;
    try (OpenSslClient mef = connect("thermo")) {
      Attributes configuration =
          ForeignNode.succeed(
                  mef, ForeignNode.clientRegistration(trust, MEF, 4, "sec:mefcr"), "sec:mefcr")
              .attributes()
              .members("ccfg")
              .orElseThrow();
      assertThat(configuration.text("aei")).contains("/Sthermo");
      assertThat(configuration.has("csi")).isFalse();
      ke = Exported.of(mef);
      ForeignNode.succeed(
          mef,
          ForeignNode.keyRegistration(trust, MEF, 22, configuration.text("rcsi").orElseThrow()),
          "sec:skr");
    }

    Credential kpsa =
        new Credential(
            ke.relativeId() + "@" + MEF, ForeignNode.usageConstrained(ke.key(), "22", CSE));
    try (OpenSslClient cse =
        ForeignNode.connect(server.ports().coaps(), CSE, kpsa, ForeignNode.CONNECTION)) {
      registerAe(cse, "Sthermo");
    }
  }

  @Test
  void ourOwnNodeWalksWithItsCertificateAndGoesOnFromItsVault() {
    TestBed.Enrolee enrolee = enrolee("/asn-3", "maf", "cse-id");
    pki("pki", "issue", "--cse-id", enrolee.csi(), "--out", file("own"));
    AsnNode.Settings given = node("own", "pki", List.of());

    try (AsnNode node = bed.startNode(given)) {
      assertThat(node.awaitRegistered(PATIENCE).text("cseId")).contains(enrolee.csi());
      assertThat(node.events())
          .filteredOn(line -> line.text("step").equals(Optional.of("bootstrap")))
          .singleElement()
          .satisfies(line -> assertThat(line.whole("handshakes")).hasValue(1L));
    }
    AsnNode.Settings nothing =
        new AsnNode.Settings(
            given.vault(), server.ports().coaps(), List.of(), List.of(), List.of());
    try (AsnNode node = bed.startNode(nothing)) {
      node.awaitRegistered(PATIENCE);
      assertThat(node.events())
          .noneMatch(line -> line.text("step").equals(Optional.of("bootstrap")));
    }
    Attributes status =
        Commands.json(
            bed.jars().asnClient(),
            PATIENCE,
            List.of("status", "--vault", given.vault().toString(), "--json"));
    assertThat(status.text("state")).contains("REGISTERED");
    assertThat(firstKey(status))
        .returns(Optional.of("certificate"), key -> key.text("name"))
        .returns(Optional.of(enrolee.kpmId()), key -> key.text("id"));
  }

  @Test
  void ourOwnNodeTrustsNoMefOfAnotherCa() {
    TestBed.Enrolee enrolee = enrolee("/asn-4", "maf", "cse-id");
    pki("pki", "issue", "--cse-id", enrolee.csi(), "--out", file("wary"));
    pki("strangers-pki", "init");

    try (AsnNode node = bed.startNode(node("wary", "strangers-pki", List.of()))) {
      Attributes failed =
          node.await(
              PATIENCE, "a failure", line -> line.text("event").equals(Optional.of("failed")));
      assertThat(failed.text("reason"))
          .hasValueSatisfying(
              reason -> assertThat(reason).containsIgnoringCase("of no CA that is trusted here"));
    }
  }

  private static Attributes firstKey(Attributes status) {
    AttributeValue.Items keys = (AttributeValue.Items) status.get("keys").orElseThrow();
    return ((AttributeValue.Members) keys.values().get(0)).attributes();
  }

  private static AsnNode.Settings node(String name, String ca, List<String> options) {
    return new AsnNode.Settings(
        bed.folder().resolve("vault-" + name),
        server.ports().coaps(),
        AsnNode.withCertificate(Path.of(file(name)), Path.of(file(ca + "/ca.crt"))),
        List.of(),
        options);
  }

  /** It may have been revoked since it was judged. */
  @Test
  void endsAResumedSessionOfACertificate() {
    enrolee("/again", "maf", "cse-id");
    pki("pki", "issue", "--cse-id", "/again", "--out", file("again"));
    long before = sessions();
    CertificateCredential again =
        new CertificateCredential(
            KeyIdentifier.parse("again@" + MEF),
            CertificateIdentity.read(Path.of(file("again.crt")), Path.of(file("again.key"))),
            CertificateFiles.trusted(Path.of(file("pki/ca.crt"))));
    try (DtlsEndpointFactory clients = DtlsEndpointFactory.create(EndpointTimers.DEFAULT)) {
      SecureEndpoint mef = clients.open(server.coapsAddress(), new Fqdn(MEF), again);
      assertThat(mef.connect().toCompletableFuture().join().isResumed()).isFalse();
      await().until(() -> sessions() == before + 1);

      // The server's close_notify may be here before the client has its session.
      assertThat(
              mef.resume()
                  .handle((session, failure) -> failure != null || session.isResumed())
                  .toCompletableFuture()
                  .join())
          .isTrue();

      await().until(() -> sessions() == before);
    }
  }

  private static long sessions() {
    return server.admin().status().whole("sessions").orElseThrow();
  }

  /** The certificate is the MEF's alone. */
  @Test
  void showsNoCertificateUnderAnotherFunctionsName() {
    pki("pki", "issue", "--cse-id", "/any", "--out", file("any"));
    assertThatThrownBy(
            () ->
                OpenSslClient.connect(
                    new OpenSslClient.CertificateSettings(
                        server.ports().coaps(),
                        MAF,
                        Path.of(file("any.crt")),
                        Path.of(file("any.key")),
                        Path.of(file("pki/ca.crt")),
                        ForeignNode.BOOTSTRAP)))
        .isInstanceOf(PeerFailedException.class);
  }
}
