// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.await;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.mooring.common.dtls.CertificateCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.scenario.Csr;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** A certificate that was issued by EST, from then on. */
class EstCertificateTest extends EstScenario {
  @Nested
  @DisplayName("The certificate from then on (TS-0003 clause 8.3.2.2)")
  class Use {
    @Test
    void bootstrapsTheNodeAsItsKpmDid() {
      NodeClient pump = pump();
      CertificateCredential certificate = certified(pump);

      SecureEndpoint mef = pump.at(RunningServer.MEF, certificate);
      var registered = pump.register(mef, RunningServer.MEF);

      assertThat(
              NodeClient.attributes(registered)
                  .members(TrustResourceNames.CLIENT_CONFIGURATION)
                  .orElseThrow()
                  .text("csi"))
          .contains(pump.enrolee().csi().value());
      assertThat(server.credentials(pump.enrolee()))
          .anySatisfy(
              (identity, status) -> {
                assertThat(identity).startsWith("32-");
                assertThat(status).isEqualTo("current");
              });
      pump.register(pump.atMef(), RunningServer.MEF);
    }

    @Test
    void endsWithTheEnrolee() {
      NodeClient pump = pump();
      CertificateCredential certificate = certified(pump);

      await(server.in().admin().revokeEnrolee(pump.enrolee().id(), "stolen"));

      assertThat(pump.at(RunningServer.MEF, certificate).connect().toCompletableFuture())
          .failsWithin(Duration.ofSeconds(10));
      assertThat(server.credentials(pump.enrolee()))
          .allSatisfy((identity, status) -> assertThat(status).isEqualTo("revoked"));
    }

    @Test
    void canBeEndedAlone() {
      NodeClient pump = pump();
      CertificateCredential certificate = certified(pump);
      String identity =
          server.credentials(pump.enrolee()).keySet().stream()
              .filter(one -> one.startsWith("32-"))
              .findFirst()
              .orElseThrow();

      await(server.in().admin().revokeKey(KeyIdentifier.parse(identity), "lost"));

      assertThat(pump.at(RunningServer.MEF, certificate).connect().toCompletableFuture())
          .failsWithin(Duration.ofSeconds(10));
      refused(post(pump.atMef(), "sen", Csr.with(Csr.keys()).der()), 403, "were revoked");
    }
  }

  @Nested
  @DisplayName("Simple re-enrolment (RFC 7030 clause 4.2.2, sren)")
  class SimpleReEnrolment {
    @Test
    void givesTheNextCertificateOfTheSameName() throws Exception {
      NodeClient pump = pump();
      CertificateCredential first = certified(pump);
      KeyPair next = Csr.keys();

      X509Certificate issued = enrolled(pump.at(RunningServer.MEF, first), "sren", Csr.with(next));

      assertThat(issued.getPublicKey()).isEqualTo(next.getPublic());
      assertThat(issued.getSubjectX500Principal())
          .isEqualTo(first.own().chain().get(0).getSubjectX500Principal());
      pump.register(pump.at(RunningServer.MEF, ca.credential(next, issued)), RunningServer.MEF);
      pump.register(pump.at(RunningServer.MEF, first), RunningServer.MEF);
    }

    @Test
    void needsASessionByTheCertificate() {
      refused(
          post(pump().atMef(), "sren", Csr.with(Csr.keys()).der()),
          403,
          "the certificate that is to be renewed");
    }

    @Test
    void changesNoName() {
      NodeClient pump = pump();
      CertificateCredential first = certified(pump);

      refused(
          post(
              pump.at(RunningServer.MEF, first),
              "sren",
              Csr.with(Csr.keys()).nodeId(nodeIdOf(pump.enrolee())).der()),
          403,
          "the one name");
    }

    @Test
    void isNotForACertificateThatWasRevokedSinceTheHandshake() {
      NodeClient pump = pump();
      CertificateCredential first = certified(pump);
      SecureEndpoint mef = pump.at(RunningServer.MEF, first);
      NodeClient.session(mef);

      ca.revoke(first.own().chain().get(0));

      refused(post(mef, "sren", Csr.with(Csr.keys()).der()), 403, "or revoked");
    }
  }
}
