// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.interop.peer.PeerFailedException;

/**
 * Certificates that do not hold are refused: for the record with the reason, on the wire always
 * with the same alert.
 */
@Timeout(120)
class RefusedCertificatesTest extends CertificateTest {
  @BeforeAll
  static void start(@TempDir Path folder) {
    start(folder, List.of(MEF));
  }

  @Test
  void refusesANameThatIsNobodys() {
    pki("pki", "issue", "--cse-id", "/nobody", "--out", file("nobody"));

    assertRefused("nobody", "the certificate names no enrolee");
  }

  @Test
  void refusesAnExpiredCertificate() {
    enrolee("/expired", "maf", "cse-id");
    pki("pki", "issue", "--cse-id", "/expired", "--valid", "1s", "--out", file("expired"));

    await().untilAsserted(() -> assertRefused("expired", "the certificate expired"));
  }

  /** The server reads the list again by itself. */
  @Test
  void refusesARevokedCertificateAsSoonAsTheListTells() {
    enrolee("/revoked", "maf", "cse-id");
    pki("pki", "issue", "--cse-id", "/revoked", "--out", file("revoked"));
    connect("revoked").close();

    pki("pki", "revoke", file("revoked.crt"), "--reason", "keyCompromise");

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertRefused("revoked", "the certificate is revoked"));
  }

  @Test
  void refusesACertificateOfAnotherCa() {
    enrolee("/other", "maf", "cse-id");
    pki("other-pki", "init");
    pki("other-pki", "issue", "--cse-id", "/other", "--out", file("other"));

    assertRefused("other", "the certificate is of no CA that is trusted here");
  }

  @Test
  void refusesAWildcard() throws IOException {
    enrolee("/wild", "maf", "cse-id");
    forge("wild", "keyUsage=digitalSignature", "subjectAltName=DNS:*.sp.example.org");

    assertRefused("wild", "the certificate names a wildcard");
  }

  @Test
  void refusesACertificateWithoutTheKeyUsage() throws IOException {
    enrolee("/usage", "maf", "cse-id");
    forge("usage", "keyUsage=keyAgreement", "subjectAltName=DNS:usage.sp.example.org");

    assertRefused("usage", "the certificate's key usage lacks digitalSignature");
  }

  @Test
  void refusesACertificateThatIsForServersAlone() throws IOException {
    enrolee("/server", "maf", "cse-id");
    forge(
        "server",
        "keyUsage=digitalSignature",
        "extendedKeyUsage=serverAuth",
        "subjectAltName=DNS:server.sp.example.org");

    assertRefused("server", "the certificate is for another purpose");
  }

  @Test
  void refusesANameOutsideTheCasConstraints() throws IOException {
    forge("outside", "keyUsage=digitalSignature", "subjectAltName=DNS:asn-1.other.example");

    assertRefused("outside", "the certificate's name is outside what its CA may sign for");
  }

  @Test
  void refusesACertificateThatNamesTwo() throws IOException {
    enrolee("/one", "maf", "cse-id");
    enrolee("/two", "maf", "cse-id");
    forge(
        "both",
        "keyUsage=digitalSignature",
        "subjectAltName=DNS:one.sp.example.org,DNS:two.sp.example.org");

    assertRefused("both", "the certificate names several enrolees");
  }

  @Test
  void refusesARevokedEnrolee() {
    TestBed.Enrolee enrolee = enrolee("/sold", "maf", "cse-id");
    pki("pki", "issue", "--cse-id", "/sold", "--out", file("sold"));
    connect("sold").close();

    server.admin().revokeEnrolee(enrolee.kpmId());

    assertRefused("sold", "the credential is revoked");
  }

  @Test
  void refusesADeviceWithAnotherSerialNumber() {
    device("/device", "1.3.6.1.4.1.32473.7:0001");
    pki("pki", "issue", "--device-id", "1.3.6.1.4.1.32473.7:0002", "--out", file("fake"));

    assertRefused("fake", "the certificate names no enrolee");
  }

  @Test
  void refusesARevokedDeviceCertificate() {
    device("/lost", "0.2.481.1.100.3030.1");
    pki("pki", "issue", "--device-id", "0.2.481.1.100.3030.1", "--out", file("lost"));
    connect("lost").close();

    pki("pki", "revoke", file("lost.crt"), "--reason", "cessationOfOperation");

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertRefused("lost", "the certificate is revoked"));
  }

  @Test
  void refusesAnExpiredDeviceCertificate() {
    device("/old", "0.2.481.1.100.3030.2");
    pki(
        "pki",
        "issue",
        "--device-id",
        "0.2.481.1.100.3030.2",
        "--valid",
        "1s",
        "--out",
        file("old device"));

    await().untilAsserted(() -> assertRefused("old device", "the certificate expired"));
  }

  @Test
  void refusesADeviceCertificateOfAnotherCa() {
    device("/foreign", "0.2.481.1.100.3030.3");
    pki("makers-pki", "init");
    pki(
        "makers-pki",
        "issue",
        "--device-id",
        "0.2.481.1.100.3030.3",
        "--out",
        file("foreign device"));

    assertRefused("foreign device", "the certificate is of no CA that is trusted here");
  }

  /** RFC 4108 as OpenSSL writes it, where the CA's own command has no part. */
  @Test
  void takesADeviceCertificateThatOpenSslWrote() throws IOException {
    device("/true", "1.3.6.1.4.1.32473.7:0000ff");
    forge("true device", "keyUsage=digitalSignature", deviceName("0000ff", ""));

    connect("true device").close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          01 | keyAgreement     | clientAuth |                        | the certificate's key usage lacks digitalSignature
          02 | digitalSignature | serverAuth |                        | the certificate is for another purpose
          03 | digitalSignature | clientAuth | DNS:a.other.example    | the certificate's name is outside what its CA may sign for
          04 | digitalSignature | clientAuth | DNS:*.sp.example.org   | the certificate names a wildcard
          """)
  void refusesAForgedDeviceCertificate(
      String serial, String usage, String purpose, @Nullable String domain, String reason)
      throws IOException {
    device("/forged-" + serial, "1.3.6.1.4.1.32473.7:" + serial);
    forge(
        "forged device " + serial,
        "keyUsage=" + usage,
        "extendedKeyUsage=" + purpose,
        deviceName(serial, domain == null ? "" : "," + domain));

    assertRefused("forged device " + serial, reason);
  }

  /** A hardwareModuleName with this serial number, and what else the certificate names. */
  private static String deviceName(String serial, String more) {
    return ("subjectAltName=otherName:1.3.6.1.5.5.7.8.4;SEQUENCE:module%s\n[module]\n"
            + "type=OID:1.3.6.1.4.1.32473.7\nserial=FORMAT:HEX,OCTETSTRING:%s")
        .formatted(more, serial);
  }

  private static void assertRefused(String name, String reason) {
    long before = refusalsFor(reason);
    assertThatThrownBy(() -> connect(name).close())
        .isInstanceOf(PeerFailedException.class)
        .hasMessageContaining("bad certificate");
    await().untilAsserted(() -> assertThat(refusalsFor(reason)).isGreaterThan(before));
  }
}
