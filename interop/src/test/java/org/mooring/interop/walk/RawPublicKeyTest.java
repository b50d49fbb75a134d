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
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.certificate.PublicKeyId.Algorithm;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.GnuTlsClient;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.peer.PeerFailedException;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.RawKey;

/**
 * {@code gnutls-cli} and our own node enrol with raw public keys (RFC 7250, TS-0003 clause
 * 8.1.2.1).
 */
@Timeout(120)
class RawPublicKeyTest extends CertificateTest {
  @BeforeAll
  static void start(@TempDir Path folder) {
    var unused = Peers.require("gnutls-cli", GnuTlsClient.program());
    start(folder, List.of(MEF));
  }

  /** GnuTLS wants the public key in the private one's encoding too, which the JDK leaves out. */
  private static RawKey newKey(String name) {
    return openssl.rawKey(name);
  }

  private static PublicKeyId idOf(RawKey key, Algorithm algorithm) {
    return PublicKeyId.of(CertificateFiles.publicKey(key.publicKey()), algorithm);
  }

  private static TestBed.Enrolee enrolee(String csi, String path, PublicKeyId id) {
    return enrolee(csi, path, Attributes.builder().put("publicKey", id.toString()).build());
  }

  private static GnuTlsClient connect(RawKey key) {
    return GnuTlsClient.connect(
        new GnuTlsClient.Settings(
            server.ports().coaps(), MEF, key.pair(), key.publicKey(), ForeignNode.BOOTSTRAP));
  }

  @Test
  void walksTheDirectPathWithARawPublicKey() throws GeneralSecurityException {
    RawKey key = newKey("walker");
    TestBed.Enrolee enrolee = enrolee("/raw-1", "direct", idOf(key, Algorithm.SHA_256));

    try (GnuTlsClient mef = connect(key)) {
      assertThat(mef.report())
          .contains("Raw Public Key", "AES-128-CCM-8", "extended master secret");
      walkTheDirectPath(mef, new OneM2mMessages("", "raw-direct"), enrolee);
    }
  }

  @Test
  void aShorterIdentifierNamesTheSameKey() {
    RawKey key = newKey("short");
    enrolee("/raw-2", "maf", idOf(key, Algorithm.SHA_256_120));

    connect(key).close();
  }

  @Test
  void refusesAKeyThatIsNobodys() {
    RawKey key = newKey("nobody");

    assertRefused(key, "the public key is that of no enrolee");
  }

  @Test
  void refusesAKeyOfWhichTheBeginningOfTheDigestAloneIsRight() {
    RawKey key = newKey("alike");
    PublicKeyId right = idOf(key, Algorithm.SHA_256);
    String last = right.digest().endsWith("0") ? "1" : "0";
    PublicKeyId alike =
        new PublicKeyId(
            Algorithm.SHA_256, right.digest().substring(0, right.digest().length() - 1) + last);
    assertThat(enrolee("/raw-3", "maf", alike).kpmId()).startsWith(right.relativeId());

    assertRefused(key, "the public key is that of no enrolee");
  }

  @Test
  void refusesARevokedEnrolee() {
    RawKey key = newKey("sold");
    TestBed.Enrolee enrolee = enrolee("/raw-4", "maf", idOf(key, Algorithm.SHA_256_128));
    connect(key).close();

    server.admin().revokeEnrolee(enrolee.kpmId());

    assertRefused(key, "the credential is revoked");
  }

  private static void assertRefused(RawKey key, String reason) {
    String shown = idOf(key, Algorithm.SHA_256).toString();
    assertThatThrownBy(() -> connect(key).close())
        .isInstanceOf(PeerFailedException.class)
        .hasMessageContaining("Certificate is bad");
    await()
        .untilAsserted(
            () ->
                assertThat(server.admin().audit(AUDITED))
                    .anySatisfy(
                        entry -> {
                          assertThat(entry.text("action")).contains("HANDSHAKE_FAILED");
                          assertThat(entry.text("subject")).contains(shown);
                          assertThat(entry.members("detail").orElseThrow().text("reason"))
                              .contains(reason);
                        }));
  }

  @Test
  void ourOwnNodeTrustsTheMefsCertificate() {
    assertWalks("trusting", "--trust", ca("pki").certificate().toString());
  }

  @Test
  void ourOwnNodeTrustsThePinnedKeyOfTheMef() {
    assertWalks("pinning", "--mef-public-key", mefKey().toString());
  }

  private static void assertWalks(String name, String... trust) {
    RawKey key = newKey(name);
    TestBed.Enrolee enrolee = enrolee("/" + name, "maf", idOf(key, Algorithm.SHA_256));
    AsnNode.Settings given = node(name, key.options(trust));

    try (AsnNode node = bed.startNode(given)) {
      assertThat(node.awaitRegistered(PATIENCE).text("cseId")).contains(enrolee.csi());
    }
    try (AsnNode node = bed.startNode(node(name, List.of()))) {
      node.awaitRegistered(PATIENCE);
      assertThat(node.events())
          .noneMatch(line -> line.text("step").equals(Optional.of("bootstrap")));
    }
  }

  @Test
  void ourOwnNodeTrustsNoMefWithAnotherKey() {
    RawKey key = newKey("wary-raw");
    enrolee("/wary-raw", "maf", idOf(key, Algorithm.SHA_256));
    String another = idOf(newKey("another"), Algorithm.SHA_256).toString();

    try (AsnNode node = bed.startNode(node("wary-raw", key.options("--mef-public-key", another)))) {
      Attributes failed =
          node.await(
              PATIENCE, "a failure", line -> line.text("event").equals(Optional.of("failed")));
      assertThat(failed.text("reason"))
          .hasValueSatisfying(
              reason -> assertThat(reason).contains("its public key is another one"));
    }
  }

  private static PublicKeyId mefKey() {
    return PublicKeyId.of(
        CertificateFiles.certificates(Path.of(file("functions.crt"))).get(0).getPublicKey());
  }

  private static AsnNode.Settings node(String name, List<String> factory) {
    return new AsnNode.Settings(
        bed.folder().resolve("vault-" + name),
        server.ports().coaps(),
        factory,
        List.of(),
        List.of());
  }
}
