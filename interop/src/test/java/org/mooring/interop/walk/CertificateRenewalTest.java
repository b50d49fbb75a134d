// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Pki;

/** A running node renews a certificate that lives for less than a minute. */
@Timeout(240)
class CertificateRenewalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Test
  void aRunningNodeRenewsItsCertificateByItself(@TempDir Path folder) {
    try (TestBed bed = TestBed.in(folder)) {
      Pki pki = new Pki(bed.jars(), folder.resolve("pki"));
      pki.run("init");
      pki.run(
          "issue", "--function", "mef.sp.example.org", "--out", folder.resolve("mef").toString());
      InServer server =
          bed.startServer(
              pki.estServerSettings(folder.resolve("mef"), "--certificate-lifetime", "45s"));
      TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
      try (AsnNode node = bed.startNode(enrolee, server.ports().coaps(), List.of(), List.of())) {
        node.awaitRegistered(PATIENCE);
      }
      renew(bed, enrolee);

      try (AsnNode node = bed.startNode(enrolee, server.ports().coaps(), List.of(), List.of())) {
        node.awaitRegistered(PATIENCE);
        Attributes renewed =
            node.await(
                PATIENCE,
                "a renewal",
                line -> line.text("step").equals(Optional.of("renew-certificate")));
        assertThat(renewed.whole("handshakes")).hasValue(1L);
      }

      assertThat(renewals(bed)).isGreaterThanOrEqualTo(1);
    }
  }

  private static void renew(TestBed bed, TestBed.Enrolee enrolee) {
    assertThat(
            Commands.run(
                    bed.jars().asnClient(),
                    PATIENCE,
                    List.of("certificate", "renew", "--vault", bed.vaultOf(enrolee).toString()))
                .exitCode())
        .isZero();
  }

  /** How many certificates were issued in a simple re-enrolment. */
  private static long renewals(TestBed bed) {
    Attributes log =
        Commands.json(
            bed.jars().inServer(),
            PATIENCE,
            List.of("audit", "list", "--data", bed.data().toString(), "--json"));
    return ((AttributeValue.Items) log.get("entries").orElseThrow())
        .values().stream()
            .map(entry -> ((AttributeValue.Members) entry).attributes())
            .filter(entry -> entry.text("action").equals(Optional.of("CERTIFICATE_ISSUED")))
            .filter(
                entry ->
                    entry.members("detail").orElseThrow().flag("renewal").equals(Optional.of(true)))
            .count();
  }
}
