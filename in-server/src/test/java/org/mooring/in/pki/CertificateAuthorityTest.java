// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.pki;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CRLReason;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.SpId;

/** What the CA signs, held against the profiles of TS-0003 clause 10.1.1 with the JDK's PKIX. */
class CertificateAuthorityTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final SpId SP = SpId.parse("//sp.example.org");
  private static final CertificateSubject MEF =
      new CertificateSubject.Function(new Fqdn("mef.sp.example.org"));
  private static final CertificateSubject NODE =
      new CertificateSubject.Node(new NodeId("urn:uuid:11111111-2222-3333-4444-555555555555"));

  private static final boolean DIGITAL_SIGNATURE = true;
  private static final int DNS_NAME = 2;
  private static final int OTHER_NAME = 0;

  @TempDir Path folder;
  private volatile Instant now = START;

  private CertificateAuthority made() {
    CertificateAuthority authority = CertificateAuthority.in(folder, () -> now);
    authority.init(SP.fqdn(), "CA of a test", YEAR, WEEK);
    return authority;
  }

  /**
   * The JDK takes no notice of the name constraints of a trust anchor: here the anchor is the key,
   * and the CA's certificate, signed with it, the first one of the path.
   */
  private void validate(CertificateAuthority authority, X509Certificate certificate)
      throws Exception {
    X509Certificate ca = authority.certificate();
    PKIXParameters parameters =
        new PKIXParameters(
            Set.of(new TrustAnchor(ca.getSubjectX500Principal(), ca.getPublicKey(), null)));
    parameters.setDate(Date.from(now));
    parameters.addCertStore(
        CertStore.getInstance(
            "Collection",
            new CollectionCertStoreParameters(List.of(Pem.revocationList(authority.list())))));
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate, ca)),
            parameters);
  }

  @Test
  void functionsAndCsesAreNamedByTheirDomainNames() throws Exception {
    CertificateAuthority authority = made();

    X509Certificate mef = authority.issueWithKey(MEF, YEAR).issued().certificate();
    X509Certificate cse =
        authority
            .issueWithKey(new CertificateSubject.Cse(new CseId("/asn-1"), SP), YEAR)
            .issued()
            .certificate();

    assertThat(mef.getSubjectAlternativeNames())
        .containsExactly(List.of(DNS_NAME, "mef.sp.example.org"));
    assertThat(cse.getSubjectAlternativeNames())
        .containsExactly(List.of(DNS_NAME, "asn-1.sp.example.org"));
    validate(authority, mef);
    validate(authority, cse);
  }

  @Test
  void nodesAreNamedByAnOtherNameThatNoConstraintMeets() throws Exception {
    CertificateAuthority authority = made();

    X509Certificate node = authority.issueWithKey(NODE, YEAR).issued().certificate();

    assertThat(node.getSubjectAlternativeNames())
        .singleElement()
        .satisfies(
            name -> {
              assertThat(name.get(0)).isEqualTo(OTHER_NAME);
              assertThat(new String((byte[]) name.get(1), UTF_8)).endsWith(NODE.text());
            });
    validate(authority, node);
  }

  /** TS-0003 clause 10.1.1.1: id-ecPublicKey on secp256r1, SHA-256, digitalSignature. */
  @Test
  void everyCertificateKeepsTheCommonProfile() throws Exception {
    CertificateAuthority authority = made();

    CertificateAuthority.WithKey made = authority.issueWithKey(NODE, YEAR);
    X509Certificate node = made.issued().certificate();

    assertThat(node.getSigAlgName()).isEqualTo("SHA256withECDSA");
    EcKeys.require(node.getPublicKey());
    boolean[] usage = node.getKeyUsage();
    assertThat(usage[0]).isEqualTo(DIGITAL_SIGNATURE);
    assertThat(IntStream.range(1, usage.length).noneMatch(bit -> usage[bit])).isTrue();
    assertThat(node.getBasicConstraints()).isEqualTo(-1);
    assertThat(node.getNotBefore()).isBefore(Date.from(START));
    assertThat(node.getNotAfter()).isEqualTo(Date.from(START.plus(YEAR)));
    assertThat(node.getSerialNumber().bitLength()).isBetween(100, 159);
    assertThat(authority.certificate().getBasicConstraints()).isZero();
    assertThat(authority.certificate().getCriticalExtensionOIDs())
        .contains(Extension.nameConstraints.getId(), Extension.basicConstraints.getId());
    assertThat(new String(made.keyToPem(), UTF_8)).startsWith("-----BEGIN PRIVATE KEY-----");
  }

  @Test
  void namesOutsideTheDomainAreRefusedHereAndByEveryVerifier() throws Exception {
    CertificateAuthority authority = made();
    for (String stranger : List.of("mef.other.example", "evilsp.example.org", "example.org")) {
      assertThatThrownBy(
              () ->
                  authority.issueWithKey(new CertificateSubject.Function(new Fqdn(stranger)), YEAR))
          .isInstanceOf(PkiException.class)
          .hasMessageContaining("sp.example.org alone");
    }

    X509Certificate forged =
        new Signer(authority.certificate(), new PkiFolder(folder).authorityKey())
            .certificate(
                new CertificateSubject.Function(new Fqdn("mef.other.example")),
                EcKeys.generate().getPublic(),
                BigInteger.TEN,
                START,
                START.plus(WEEK));
    assertThatThrownBy(() -> validate(authority, forged))
        .isInstanceOf(CertPathValidatorException.class);
  }

  @Test
  void aRevokedCertificateIsOnTheListAndTheOthersHold() throws Exception {
    CertificateAuthority authority = made();
    X509Certificate lost = authority.issueWithKey(NODE, YEAR).issued().certificate();
    X509Certificate kept = authority.issueWithKey(MEF, YEAR).issued().certificate();
    validate(authority, lost);

    X509CRL list = authority.revoke(lost.getSerialNumber(), RevocationReason.KEY_COMPROMISE, WEEK);
    now = START.plusSeconds(1);

    assertThatThrownBy(() -> validate(authority, lost))
        .isInstanceOfSatisfying(
            CertPathValidatorException.class,
            e ->
                assertThat(e.getReason())
                    .isEqualTo(CertPathValidatorException.BasicReason.REVOKED));
    validate(authority, kept);
    assertThat(list.getRevokedCertificate(lost).getRevocationReason())
        .isEqualTo(CRLReason.KEY_COMPROMISE);
    assertThat(authority.issued())
        .anySatisfy(one -> assertThat(one.revoked()).contains(RevocationReason.KEY_COMPROMISE))
        .anySatisfy(one -> assertThat(one.revoked()).isEmpty());
  }

  @Test
  void listsAreNumberedAndEndInTime() {
    CertificateAuthority authority = made();
    X509CRL first = Pem.revocationList(authority.list());
    now = START.plus(Duration.ofDays(6));

    X509CRL second = authority.renewList(WEEK);

    assertThat(Signer.numberOf(first)).isEqualTo(BigInteger.ONE);
    assertThat(Signer.numberOf(second)).isEqualTo(BigInteger.TWO);
    assertThat(second.getNextUpdate()).isEqualTo(Date.from(now.plus(WEEK)));
    assertThat(second.getRevokedCertificates()).isNull();
  }

  @Test
  void aSecondRevocationChangesNothingButTheList() {
    CertificateAuthority authority = made();
    BigInteger serial = authority.issueWithKey(NODE, YEAR).issued().certificate().getSerialNumber();
    authority.revoke(serial, RevocationReason.SUPERSEDED, WEEK);

    X509CRL list = authority.revoke(serial, RevocationReason.KEY_COMPROMISE, WEEK);

    assertThat(list.getRevokedCertificates()).hasSize(1);
    assertThat(authority.issued().get(0).revoked()).contains(RevocationReason.SUPERSEDED);
  }

  @Test
  void revocationsAddUpAcrossPrograms() {
    CertificateAuthority authority = made();
    List<BigInteger> serials =
        IntStream.range(0, 6)
            .mapToObj(i -> authority.issueWithKey(NODE, YEAR).issued().certificate())
            .map(X509Certificate::getSerialNumber)
            .toList();

    for (int i = 0; i < serials.size(); i += 2) {
      BigInteger one = serials.get(i);
      BigInteger other = serials.get(i + 1);
      authority.revoke(one, RevocationReason.UNSPECIFIED, WEEK);
      CertificateAuthority.in(folder, () -> now).revoke(other, RevocationReason.UNSPECIFIED, WEEK);
    }

    assertThat(Pem.revocationList(authority.list()).getRevokedCertificates()).hasSize(6);
  }

  @Test
  void aRequestBringsItsKeyAndItsNameDoesNotCount() throws Exception {
    CertificateAuthority authority = made();
    KeyPair keys = EcKeys.generate();
    Path request = folder.resolve("node.csr");
    write(request, request(keys, keys));

    X509Certificate node = authority.issueFor(request, NODE, YEAR).certificate();

    assertThat(node.getPublicKey()).isEqualTo(keys.getPublic());
    assertThat(node.getSubjectX500Principal().getName()).isEqualTo("CN=" + NODE.text());
  }

  @Test
  void aRequestForAnothersKeyIsRefused() throws Exception {
    CertificateAuthority authority = made();
    Path request = folder.resolve("node.csr");
    write(request, request(EcKeys.generate(), EcKeys.generate()));

    assertThatThrownBy(() -> authority.issueFor(request, NODE, YEAR))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("its own key");
    assertThat(authority.issued()).isEmpty();
  }

  @Test
  void keysOnOtherCurvesAreRefused() throws Exception {
    CertificateAuthority authority = made();
    KeyPairGenerator other = KeyPairGenerator.getInstance("EC");
    other.initialize(new ECGenParameterSpec("secp384r1"));
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);

    for (KeyPairGenerator generator : List.of(other, rsa)) {
      assertThatThrownBy(() -> authority.issue(NODE, generator.generateKeyPair().getPublic(), YEAR))
          .isInstanceOf(PkiException.class)
          .hasMessageContaining("secp256r1");
    }
  }

  private static PKCS10CertificationRequest request(KeyPair named, KeyPair signing)
      throws Exception {
    return new JcaPKCS10CertificationRequestBuilder(
            new X500Name("CN=somebody else"), named.getPublic())
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signing.getPrivate()));
  }

  private static void write(Path file, PKCS10CertificationRequest request) throws Exception {
    try (PemWriter writer = new PemWriter(Files.newBufferedWriter(file))) {
      writer.writeObject(new PemObject("CERTIFICATE REQUEST", request.getEncoded()));
    }
  }

  @Test
  void nothingOutlivesTheCa() {
    CertificateAuthority authority = made();
    now = START.plus(Duration.ofDays(364));

    X509Certificate node = authority.issueWithKey(NODE, YEAR).issued().certificate();

    assertThat(node.getNotAfter()).isEqualTo(authority.certificate().getNotAfter());
    now = START.plus(YEAR);
    assertThatThrownBy(() -> authority.issueWithKey(NODE, YEAR))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("expired");
  }

  @Test
  void theKeyIsForItsOwnerAloneAndIsRefusedElse() throws Exception {
    CertificateAuthority authority = made();
    Path key = folder.resolve("ca.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");

    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> authority.issueWithKey(NODE, YEAR))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aKeyWithoutItsCertificateIsNotReplaced() throws Exception {
    CertificateAuthority authority = made();
    byte[] key = Files.readAllBytes(folder.resolve("ca.key"));
    Files.delete(folder.resolve("ca.crt"));

    assertThatThrownBy(() -> authority.init(SP.fqdn(), "again", YEAR, WEEK))
        .isInstanceOf(PkiException.class);

    assertThat(folder.resolve("ca.key")).hasBinaryContent(key);
  }

  @Test
  void aSecondCaInTheFolderAndAFolderWithoutOneAreTold() {
    CertificateAuthority authority = made();
    assertThatThrownBy(() -> authority.init(SP.fqdn(), "again", YEAR, WEEK))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("name another folder");
    CertificateAuthority none = CertificateAuthority.in(folder.resolve("elsewhere"), () -> now);
    assertThatThrownBy(none::certificate)
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("'pki init' makes one");
    assertThatThrownBy(() -> authority.revoke(BigInteger.TEN, RevocationReason.UNSPECIFIED, WEEK))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("'pki list' shows them");
  }
}
