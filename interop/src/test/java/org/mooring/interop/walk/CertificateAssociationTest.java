// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.peer.PeerFailedException;
import org.mooring.interop.walk.ForeignNode.Answer;
import org.mooring.interop.walk.ForeignNode.Credential;
import org.mooring.interop.walk.ForeignNode.Exported;

/**
 * A node's certificate opens sessions with the MAF and the CSE too, without a MEF (TS-0003 clauses
 * 8.2.2.2 and 8.8.3.1); the server shows one certificate under three names.
 */
@Timeout(120)
class CertificateAssociationTest extends CertificateTest {
  private static final String REVOKED = "the credential is revoked";

  @BeforeAll
  static void start(@TempDir Path folder) {
    start(folder, List.of(MEF, MAF, CSE));
  }

  @Test
  void registersAtTheCseWithItsCertificateAlone() {
    enrolee("/straight", "direct", "cse-id");
    pki("pki", "issue", "--cse-id", "/straight", "--out", file("straight"));

    try (OpenSslClient cse = connect("straight", CSE, ForeignNode.CONNECTION)) {
      OneM2mMessages messages = new OneM2mMessages("/straight", "straight");
      Answer registered =
          ForeignNode.succeed(
              cse, ForeignNode.cseRegistration(messages, "/id-in", "/straight"), "m2m:csr");
      assertThat(registered.status()).isEqualTo(2001);
    }
  }

  @Test
  void getsAnAssociationFromTheMafWithItsCertificate() {
    TestBed.Enrolee enrolee = enrolee("/by-maf", "maf", "node-id");
    pki("pki", "issue", "--node-id", enrolee.nodeId(), "--out", file("by-maf"));
    OneM2mMessages trust = new OneM2mMessages("", "by-maf");

    Exported kc;
    try (OpenSslClient maf = connect("by-maf", MAF, ForeignNode.CONNECTION)) {
      ForeignNode.succeed(
          maf, ForeignNode.clientRegistration(trust, MAF, 3, "sec:mafcr"), "sec:mafcr");
      kc = Exported.of(maf);
      ForeignNode.succeed(
          maf, ForeignNode.keyRegistration(trust, MAF, 32, "//sp.example.org/id-in"), "sec:skr");
    }

    registerCse(enrolee, new Credential(kc.relativeId() + "@" + MAF, kc.key()));
  }

  @Test
  void anApplicationRegistersAtTheCseWithItsAeIdCertificateAlone() {
    application("/Sthermo", "direct");
    pki("pki", "issue", "--ae-id", "/Sthermo", "--out", file("thermo"));

    try (OpenSslClient cse = connect("thermo", CSE, ForeignNode.CONNECTION)) {
      registerAe(cse, "Sthermo");
    }
  }

  @Test
  void anApplicationGetsItsAssociationFromTheMafWithItsAeIdCertificate() {
    application("/Smeter", "maf");
    pki("pki", "issue", "--ae-id", "/Smeter", "--out", file("meter"));
    OneM2mMessages trust = new OneM2mMessages("", "meter");

    Exported kc;
    try (OpenSslClient maf = connect("meter", MAF, ForeignNode.CONNECTION)) {
      Answer registered =
          ForeignNode.succeed(
              maf, ForeignNode.clientRegistration(trust, MAF, 3, "sec:mafcr"), "sec:mafcr");
      assertThat(registered.attributes().text("cr")).contains("//sp.example.org/Smeter");
      kc = Exported.of(maf);
      ForeignNode.succeed(
          maf, ForeignNode.keyRegistration(trust, MAF, 32, "//sp.example.org/id-in"), "sec:skr");
    }

    Credential association = new Credential(kc.relativeId() + "@" + MAF, kc.key());
    try (OpenSslClient cse =
        ForeignNode.connect(server.ports().coaps(), CSE, association, ForeignNode.CONNECTION)) {
      registerAe(cse, "Smeter");
    }
  }

  @Test
  void theCertificateOfOneApplicationIsWorthNothingToAnother() {
    application("/Sgood", "direct");
    pki("pki", "issue", "--ae-id", "/Sbad", "--out", file("bad"));

    assertThatThrownBy(() -> connect("bad", CSE, ForeignNode.CONNECTION).close())
        .isInstanceOf(PeerFailedException.class)
        .hasMessageContaining("bad certificate");
  }

  @Test
  void refusesARevokedEnroleeAtEveryFunction() {
    TestBed.Enrolee enrolee = enrolee("/away", "maf", "cse-id");
    pki("pki", "issue", "--cse-id", "/away", "--out", file("away"));
    try (OpenSslClient standing = connect("away", CSE, ForeignNode.CONNECTION)) {
      server.admin().revokeEnrolee(enrolee.kpmId());

      assertThat(standing.endsWithin(PATIENCE)).isTrue();
    }
    for (String function : List.of(MEF, MAF, CSE)) {
      long before = failures().stream().filter(REVOKED::equals).count();
      assertThatThrownBy(() -> connect("away", function, ForeignNode.CONNECTION).close())
          .isInstanceOf(PeerFailedException.class)
          .hasMessageContaining("bad certificate");
      await()
          .untilAsserted(
              () ->
                  assertThat(failures().stream().filter(REVOKED::equals))
                      .hasSize((int) before + 1));
    }
  }
}
