// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.in.ServeSettings;

/** The options of serve that name certificates, with files as {@code pki} makes them. */
class CertificateOptionsTest {
  @TempDir private Path folder;
  private CommandRun.Commands commands;
  private String ca;
  private String certificate;
  private String key;
  private String trust;

  @BeforeEach
  void certify() {
    commands = new CommandRun.Commands(Map.of(), folder.resolve("mooring.properties"));
    ca = folder.resolve("pki").toString();
    assertThat(commands.run("pki", "init", "--pki", ca).exitCode()).isZero();
    issue("mef", "--function", "mef.sp.example.org");
    certificate = folder.resolve("mef.crt").toString();
    key = folder.resolve("mef.key").toString();
    trust = ca + "/ca.crt";
  }

  private void issue(String file, String option, String name) {
    String out = folder.resolve(file).toString();
    assertThat(commands.run("pki", "issue", "--pki", ca, option, name, "--out", out).exitCode())
        .isZero();
  }

  private CommandRun serve(String... options) {
    List<String> arguments = new ArrayList<>(List.of("serve"));
    arguments.addAll(List.of(options));
    return commands.run(arguments.toArray(String[]::new));
  }

  private CommandRun serveWith(String certificate, String key, String trust, String... more) {
    List<String> options =
        new ArrayList<>(
            List.of("--certificate", certificate, "--certificate-key", key, "--trust", trust));
    options.addAll(List.of(more));
    return serve(options.toArray(String[]::new));
  }

  @Test
  void aCertificateIsShownAndOthersAreTrusted() {
    ServeSettings settings =
        serveWith(certificate, key, trust, "--crl", ca + "/crl.pem").started().get(0);

    assertThat(settings.certificates())
        .hasValueSatisfying(
            own -> {
              assertThat(own.identity().chain()).hasSize(2);
              assertThat(own.trusted()).hasSize(1);
              assertThat(own.lists().get()).isPresent();
              assertThat(own.provisioning()).isEmpty();
              assertThat(settings.toString()).doesNotContain("PRIVATE");
            });
  }

  @Test
  void thatOfZnIsAnother() {
    ServeSettings settings =
        serve(
                "--zn-certificate",
                certificate,
                "--zn-key",
                key,
                "--zn-trust",
                trust,
                "--crl",
                ca + "/crl.pem")
            .started()
            .get(0);

    assertThat(settings.zn().tls().orElseThrow().lists().get()).isPresent();
    assertThat(settings.certificates()).isEmpty();
  }

  @Test
  void nodesAreCertifiedByTheCaThatIsNamed() {
    ServeSettings settings =
        serveWith(certificate, key, trust, "--est-ca", ca, "--certificate-lifetime", "30d")
            .started()
            .get(0);

    assertThat(settings.certificates().orElseThrow().provisioning())
        .contains(new ServeSettings.Provisioning(Path.of(ca), Duration.ofDays(30)));
  }

  @Test
  void aCertificateNeedsItsKey() {
    CommandRun without = serve("--certificate", certificate);

    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err()).contains("--certificate: give --certificate and --certificate-key");
    assertThat(serve("--est-ca", ca).err())
        .contains("--certificate: give --certificate and --certificate-key");
  }

  @Test
  void filesThatHoldSomethingElseAreNamed() {
    issue("a", "--cse-id", "/a");
    CommandRun noKey = serveWith(certificate, certificate, trust);
    assertThat(noKey.exitCode()).isEqualTo(1);
    assertThat(noKey.err()).contains("give a private key as PKCS#8 in PEM");

    String othersKey = folder.resolve("a.key").toString();
    assertThat(serveWith(certificate, othersKey, trust).err())
        .contains("the private key is not that of the first");
    assertThat(serveWith(certificate, key, certificate).err()).contains("CAs that sign themselves");
    assertThat(serveWith(certificate, key, trust, "--crl", key).err())
        .contains("give a file with a revocation list");
  }
}
