// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.peer.Programs;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.Jars;

/** OpenSSL makes the requests and judges the certificates of {@code in-server pki}. */
@Timeout(120)
class OpenSslVerifyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Jars JARS = Jars.ofThisProject();

  @TempDir private Path folder;
  private String openssl;

  @BeforeEach
  void makeTheCa() {
    Assumptions.assumeTrue(JARS.areBuilt(), "the jars are not built: run mvn verify");
    openssl = Peers.require("openssl", OpenSslClient.program()).toString();
    pki("init");
  }

  /** Runs a command on the CA in the folder. */
  private void pki(String... arguments) {
    List<String> command = new ArrayList<>(List.of("pki"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--pki", folder.resolve("pki").toString()));
    Programs.Outcome outcome = Commands.run(JARS.inServer(), PATIENCE, command);
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
  }

  private Programs.Outcome openssl(String... arguments) {
    List<String> command = new ArrayList<>(List.of(openssl));
    command.addAll(List.of(arguments));
    return Programs.run(PATIENCE, command);
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
    return openssl(arguments.toArray(String[]::new));
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
    assertThat(openssl("crl", "-in", file("pki/crl.pem"), "-noout", "-text").output())
        .contains("Key Compromise");
  }

  @Test
  void bringsAKeyOfItsOwnInARequest() {
    assertThat(
            openssl(
                    "req",
                    "-new",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-subj",
                    "/CN=whoever",
                    "-keyout",
                    file("node.key"),
                    "-out",
                    file("node.csr"))
                .exitCode())
        .isZero();

    pki("issue", "--cse-id", "/asn-2", "--csr", file("node.csr"), "--out", file("node"));

    assertThat(verify("node.crt").exitCode()).isZero();
    String ofKey = openssl("pkey", "-in", file("node.key"), "-pubout").output();
    String ofCertificate = openssl("x509", "-in", file("node.crt"), "-noout", "-pubkey").output();
    assertThat(ofCertificate).isEqualTo(ofKey);
  }

  @Test
  void readsTheKeyThatWasMadeHere() {
    pki("issue", "--node-id", "0.2.481.1.100.3030", "--out", file("node"));

    String ofKey = openssl("pkey", "-in", file("node.key"), "-pubout").output();

    assertThat(openssl("x509", "-in", file("node.crt"), "-noout", "-pubkey").output())
        .isEqualTo(ofKey)
        .isNotEmpty();
  }
}
