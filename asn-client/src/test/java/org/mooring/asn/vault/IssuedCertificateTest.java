// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;

/** Issued certificates in the vault. */
class IssuedCertificateTest {
  private static final Lease LEASE =
      Lease.granted(SampleState.NOW, SampleState.NOW.plus(Duration.ofDays(3)), 0.5);

  private static IssuedCertificate certificate(boolean refused) {
    return new IssuedCertificate(
        SecretKeyBytes.random(),
        CertificateFiles.certificates(BootstrapCertificateTest.file("node.crt")),
        CertificateFiles.certificates(BootstrapCertificateTest.file("ca.crt")),
        LEASE,
        refused);
  }

  @Test
  void allComeBackAsTheyWere() {
    HeldCertificates held =
        new HeldCertificates(
            certificate(false),
            certificate(true),
            new CertificateKey(SecretKeyBytes.random(), new byte[] {1, 2, 3}));
    NodeState state = SampleState.full().toBuilder().certificates(held).build();
    VaultFormat format =
        new VaultFormat(new Seal(SealedBy.KEY_FILE, SecretKeyBytes.random()), List.of());

    HeldCertificates read = format.open(format.seal(state)).certificates();

    assertThat(read).usingRecursiveComparison().isEqualTo(held);
  }

  @Test
  void theSecondVersionHadNone() {
    SecretKeyBytes key = SecretKeyBytes.random();
    byte[] older =
        new VaultFormat(new Seal(SealedBy.KEY_FILE, key), List.of()).seal(SampleState.full());

    NodeState read =
        new VaultFormat(
                new Seal(SealedBy.KEY_FILE, key),
                List.of(IssuedCertificateTest::asTheSecondWasAndMigrated))
            .open(older);

    assertThat(read.certificates().newest()).isEmpty();
    assertThat(read.bootstrap()).isEqualTo(SampleState.full().bootstrap());
  }

  private static Attributes asTheSecondWasAndMigrated(Attributes content) {
    Attributes.Builder second = Attributes.builder();
    content
        .asMap()
        .forEach(
            (name, value) -> {
              if (!name.equals("certificates")) {
                second.put(name, value);
              }
            });
    return NodeStateCodec.fromVersion2(second.build());
  }

  @Test
  void noTextOfThemTellsAKey() {
    assertThat(
            certificate(false).toString()
                + new CertificateKey(SecretKeyBytes.random(), new byte[0]))
        .doesNotContain("PRIVATE", "privateValue");
  }
}
