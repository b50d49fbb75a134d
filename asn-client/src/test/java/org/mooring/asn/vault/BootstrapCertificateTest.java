// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.mooring.asn.association.AssociationKeys;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.dtls.CertificateCredential;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;

/** A node that came with a certificate; its files were made with OpenSSL. */
class BootstrapCertificateTest {
  private static final Fqdn MEF = new Fqdn("mef.sp.example.org");

  static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(BootstrapCertificateTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BootstrapCertificate given() {
    return new BootstrapCertificate(
        CertificateKeys.encode(CertificateFiles.privateKey(file("node.key"))),
        CertificateFiles.certificates(file("node.crt")),
        CertificateFiles.certificates(file("ca.crt")),
        MEF,
        "127.0.0.1",
        5684);
  }

  /** The first half of the SHA-256 of {@code asn-1.sp.example.org}, as sha256sum tells it. */
  @Test
  void itsNameGivesItsIdentity() {
    assertThat(given().id()).hasToString("32-a951f91dc462bc5b25b1c30dba88c869@mef.sp.example.org");
  }

  @Test
  void theVaultGivesItBackAsItWas() {
    NodeState state = NodeState.factory(given());
    VaultFormat format =
        new VaultFormat(new Seal(SealedBy.KEY_FILE, SecretKeyBytes.random()), List.of());

    NodeState read = format.open(format.seal(state));

    assertThat(read.factory()).isEqualTo(given());
    assertThat(read.stage(SampleState.NOW)).isEqualTo(NodeStage.FACTORY);
    assertThat(AssociationKeys.towardMef(read, Rung.BOOTSTRAP, false))
        .isInstanceOfSatisfying(
            CertificateCredential.class,
            shown ->
                assertThat(shown.own().key())
                    .isEqualTo(CertificateFiles.privateKey(file("node.key"))));
  }

  @Test
  void aCertificateWithoutANameIsNone() {
    assertThatThrownBy(
            () ->
                new BootstrapCertificate(
                    given().key(),
                    CertificateFiles.certificates(file("ca.crt")),
                    given().trusted(),
                    MEF,
                    "127.0.0.1",
                    5684))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names a CSE-ID, a Node-ID or a device");
  }

  @Test
  void noTextOfItTellsTheKey() {
    assertThat(
            given().toString()
                + AssociationKeys.towardMef(NodeState.factory(given()), Rung.BOOTSTRAP, false))
        .doesNotContain("PRIVATE", "privateValue", "S:");
  }
}
