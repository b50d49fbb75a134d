// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.interop.OpenSsl;
import org.mooring.interop.peer.Programs;
import org.mooring.interop.process.Jars;
import org.mooring.interop.process.Pki;

/** OpenSSL makes the requests and judges the certificates of {@code in-server pki}. */
@Timeout(120)
class OpenSslVerifyTest {
  private static final Jars JARS = Jars.ofThisProject();

  @TempDir private Path folder;
  private OpenSsl openssl;

  @BeforeEach
  void makeTheCa() {
    Assumptions.assumeTrue(JARS.areBuilt(), "the jars are not built: run mvn verify");
    openssl = OpenSsl.in(folder);
    pki("init");
  }

  private void pki(String... arguments) {
    new Pki(JARS, folder.resolve("pki")).run(arguments);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private Programs.Outcome verify(String certificate, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "verify",
                "-x509_strict",
                "-CAfile",
                file("pki/ca.crt"),
                "-crl_check",
                "-CRLfile",
                file("pki/crl.pem")));
    arguments.addAll(List.of(more));
    arguments.add(file(certificate));
    return openssl.run(arguments.toArray(String[]::new));
  }

  @Test
  void verifiesEachKindAndItsName() {
    pki("issue", "--function", "mef.sp.example.org", "--out", file("mef"));
    pki("issue", "--cse-id", "/asn-1", "--out", file("cse"));
    pki("issue", "--node-id", "urn:uuid:11111111-2222-3333-4444-555555555555", "--out", file("n"));

    assertThat(verify("mef.crt", "-purpose", "sslserver", "-verify_hostname", "mef.sp.example.org"))
        .returns(0, Programs.Outcome::exitCode);
    assertThat(
            verify("cse.crt", "-purpose", "sslclient", "-verify_hostname", "asn-1.sp.example.org"))
        .returns(0, Programs.Outcome::exitCode);
    assertThat(verify("n.crt", "-purpose", "sslclient")).returns(0, Programs.Outcome::exitCode);
    pki("issue", "--device-id", "1.3.6.1.4.1.32473.7:00c0ffee", "--out", file("d"));
    assertThat(verify("d.crt", "-purpose", "sslclient")).returns(0, Programs.Outcome::exitCode);
    assertThat(verify("mef.crt", "-verify_hostname", "maf.sp.example.org").exitCode()).isNotZero();
    assertThat(verify("n.crt", "-purpose", "sslserver").exitCode()).isNotZero();
  }

  @Test
  void seesThatACertificateWasRevoked() {
    pki("issue", "--cse-id", "/asn-1", "--out", file("cse"));
    assertThat(verify("cse.crt").exitCode()).isZero();

    pki("revoke", file("cse.crt"), "--reason", "keyCompromise");

    Programs.Outcome revoked = verify("cse.crt");
    assertThat(revoked.exitCode()).isNotZero();
    assertThat(revoked.errors()).contains("certificate revoked");
    assertThat(openssl.run("crl", "-in", file("pki/crl.pem"), "-noout", "-text").output())
        .contains("Key Compromise");
  }

  @Test
  void bringsAKeyOfItsOwnInARequest() {
    assertThat(openssl.request("node").exitCode()).isZero();

    pki("issue", "--cse-id", "/asn-2", "--csr", file("node.csr"), "--out", file("node"));

    assertThat(verify("node.crt").exitCode()).isZero();
    String ofKey = openssl.run("pkey", "-in", file("node.key"), "-pubout").output();
    String ofCertificate =
        openssl.run("x509", "-in", file("node.crt"), "-noout", "-pubkey").output();
    assertThat(ofCertificate).isEqualTo(ofKey);
  }

  @Test
  void readsTheKeyThatWasMadeHere() {
    pki("issue", "--node-id", "0.2.481.1.100.3030", "--out", file("node"));

    String ofKey = openssl.run("pkey", "-in", file("node.key"), "-pubout").output();

    assertThat(openssl.run("x509", "-in", file("node.crt"), "-noout", "-pubkey").output())
        .isEqualTo(ofKey)
        .isNotEmpty();
  }
}
