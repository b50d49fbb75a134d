// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.asn.association.AssociationKeys;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.dtls.RawKeyPair;
import org.mooring.common.dtls.RawPublicKeyCredential;
import org.mooring.common.dtls.ServerTrust;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;

/** A node that came with a raw public key; it is that of a certificate that OpenSSL made. */
class BootstrapRawKeyTest {
  private static final Fqdn MEF = new Fqdn("mef.sp.example.org");

  private static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(BootstrapRawKeyTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicKey publicKey(String certificate) {
    return CertificateFiles.certificates(file(certificate)).get(0).getPublicKey();
  }

  private static BootstrapRawKey given(ServerTrust trust) {
    return new BootstrapRawKey(
        CertificateKeys.encode(CertificateFiles.privateKey(file("node.key"))),
        publicKey("node.crt"),
        trust,
        MEF,
        "127.0.0.1",
        5684);
  }

  static Stream<ServerTrust> eitherTrust() {
    return Stream.of(
        new ServerTrust.PinnedKey(PublicKeyId.of(publicKey("ca.crt"))),
        new ServerTrust.Authorities(CertificateFiles.certificates(file("ca.crt"))));
  }

  @ParameterizedTest
  @MethodSource("eitherTrust")
  void theVaultGivesItBackAsItWas(ServerTrust trust) {
    NodeState state = NodeState.factory(given(trust));
    VaultFormat format =
        new VaultFormat(new Seal(SealedBy.KEY_FILE, SecretKeyBytes.random()), List.of());

    NodeState read = format.open(format.seal(state));

    assertThat(read.factory()).isEqualTo(given(trust));
    assertThat(AssociationKeys.towardMef(read, Rung.BOOTSTRAP, false))
        .isInstanceOfSatisfying(
            RawPublicKeyCredential.class,
            shown -> {
              assertThat(shown.own().key())
                  .isEqualTo(CertificateFiles.privateKey(file("node.key")));
              assertThat(shown.server()).isEqualTo(trust);
            });
  }

  @Test
  void theKeyGivesItsIdentity() {
    BootstrapRawKey given = given(eitherTrust().findFirst().orElseThrow());

    assertThat(given.id().relative())
        .isEqualTo(PublicKeyId.of(publicKey("node.crt")).relativeId())
        .matches("30-[0-9a-f]{32}");
  }

  @Test
  void noTextOfItTellsTheKey() {
    BootstrapRawKey given = given(eitherTrust().findFirst().orElseThrow());

    assertThat(
            given.toString()
                + AssociationKeys.towardMef(NodeState.factory(given), Rung.BOOTSTRAP, false))
        .doesNotContain("PRIVATE", "privateValue", "S:");
  }

  @Test
  void theKeysOfTwoPairsAreNone() {
    assertThatThrownBy(
            () ->
                new RawKeyPair(CertificateFiles.privateKey(file("node.key")), publicKey("ca.crt")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of one pair");
  }
}
