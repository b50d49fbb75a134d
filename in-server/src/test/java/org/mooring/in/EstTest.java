// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.common.certificate.EstMedia.CERTIFICATE;
import static org.mooring.common.certificate.EstMedia.CERTS_ONLY;
import static org.mooring.common.certificate.EstMedia.CSR_ATTRIBUTES;
import static org.mooring.in.scenario.NodeClient.await;

import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.certificate.CertsOnly;
import org.mooring.common.dtls.BareRequest;
import org.mooring.common.dtls.BareResponse;
import org.mooring.common.dtls.CertificateCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.pki.CertificateAuthority;
import org.mooring.in.pki.CertificateSubject;
import org.mooring.in.scenario.Csr;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** Enrolment over Secure Transport (RFC 7030) over CoAP (RFC 9148), at the MEF. */
class EstTest extends EstScenario {
  @Nested
  @DisplayName("CA certificates (RFC 9148 clause 4.1, crts)")
  class CaCertificates {
    @Test
    void comeOnBothPathsAndInBothForms() throws Exception {
      SecureEndpoint mef = pump().atMef();

      BareResponse several = get(mef, CERTS_ONLY, "est", "crts");
      BareResponse one = get(mef, CERTIFICATE, ".well-known", "est", "crts");

      assertThat(several.coapCode()).isEqualTo(205);
      assertThat(several.contentFormat()).hasValue(CERTS_ONLY);
      assertThat(CertsOnly.read(several.content())).containsExactly(ca.certificate());
      assertThat(one.contentFormat()).hasValue(CERTIFICATE);
      assertThat(
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(one.content())))
          .isEqualTo(ca.certificate());
    }

    @Test
    void comeInNoOtherForm() {
      refused(get(pump().atMef(), 50, "est", "crts"), 406, "281 or 287");
    }

    @Test
    void areNotSent() {
      refused(post(pump().atMef(), "crts", new byte[] {1}), 405, "GET crts");
    }
  }

  @Nested
  @DisplayName("CSR attributes (RFC 7030 clause 4.5, att)")
  class CsrAttributes {
    @Test
    void askForAKeyOnP256AndEcdsaWithSha256() {
      BareResponse answer = get(pump().atMef(), CSR_ATTRIBUTES, "est", "att");

      assertThat(answer.coapCode()).isEqualTo(205);
      assertThat(answer.contentFormat()).hasValue(CSR_ATTRIBUTES);
      // SEQUENCE { SEQUENCE { ecPublicKey, SET { prime256v1 } }, ecdsa-with-SHA256 }
      assertThat(answer.content())
          .asHexString()
          .isEqualToIgnoringCase(
              "3021301506072A8648CE3D0201310A06082A8648CE3D03010706082A8648CE3D040302");
    }
  }

  @Nested
  @DisplayName("Simple enrolment (RFC 7030 clause 4.2.1, sen)")
  class SimpleEnrolment {
    @Test
    void certifiesTheNodesOwnKeyUnderItsCseId() throws Exception {
      NodeClient pump = pump();
      KeyPair keys = Csr.keys();

      X509Certificate issued = enrolled(pump.atMef(), "sen", Csr.with(keys));

      holds(issued);
      assertThat(issued.getPublicKey()).isEqualTo(keys.getPublic());
      assertThat(CertificateName.of(issued))
          .containsExactly(new CertificateName.OfDomain(new Fqdn(domainOf(pump.enrolee()))));
      assertThat(issued.getNotAfter().toInstant()).isBefore(Instant.now().plus(LIFETIME));
    }

    @Test
    void isRecordedInTheLogAndAtTheCa() {
      NodeClient pump = pump();

      X509Certificate issued = enrolled(pump.atMef(), "sen", Csr.with(Csr.keys()));

      assertThat(ca.issued())
          .extracting(CertificateAuthority.Standing::certificate)
          .contains(issued);
      String identity =
          new CertificateName.OfDomain(new Fqdn(domainOf(pump.enrolee()))).relativeId();
      assertThat(server.hasAudited(AuditAction.CERTIFICATE_ISSUED, identity)).isTrue();
      assertThat(server.credentials(pump.enrolee()))
          .containsEntry(identity + "@" + RunningServer.MEF, "pending");
    }

    @Test
    void givesANodeIdCertificateToTheNodeThatAsksForOne() throws Exception {
      NodeClient pump = pump();
      String nodeId = nodeIdOf(pump.enrolee());

      X509Certificate issued =
          enrolled(
              pump.atMef(), "sen", Csr.with(Csr.keys()).subject("CN=" + nodeId).nodeId(nodeId));

      assertThat(CertificateName.of(issued))
          .containsExactly(new CertificateName.OfNode(new NodeId(nodeId)));
    }

    @Test
    void takesTheNodesNamesInAnyCase() {
      NodeClient pump = pump();
      String name = domainOf(pump.enrolee()).toUpperCase(Locale.ROOT);

      enrolled(pump.atMef(), "sen", Csr.with(Csr.keys()).subject("CN=" + name).dnsName(name));
    }

    @Test
    void refusesEveryOtherName() {
      server.enrolled("valve");
      NodeClient pump = pump();
      SecureEndpoint mef = pump.atMef();
      String own = domainOf(pump.enrolee());
      String others = domainOf(server.enrolee("valve"));

      for (Csr csr :
          List.of(
              Csr.with(Csr.keys()).dnsName(others),
              Csr.with(Csr.keys()).subject("CN=" + others),
              Csr.with(Csr.keys()).dnsName(RunningServer.MEF.value()),
              Csr.with(Csr.keys()).dnsName(own).nodeId(nodeIdOf(pump.enrolee())),
              Csr.with(Csr.keys()).dnsName(own).dnsName(others),
              Csr.with(Csr.keys()).uri("urn:uuid:" + own),
              Csr.with(Csr.keys()).subject("CN=" + own + ",O=another").dnsName(own),
              Csr.with(Csr.keys()).nodeId(nodeIdOf(server.enrolee("valve"))))) {
        refused(post(mef, "sen", csr.der()), 403, "the one name");
      }
    }

    @Test
    void refusesAKeyWhosePossessionIsNotProved() {
      refused(
          post(pump().atMef(), "sen", Csr.with(Csr.keys()).signedBy(Csr.keys().getPrivate()).der()),
          400,
          "signature");
    }

    @Test
    void refusesAKeyOnAnotherCurve() {
      refused(post(pump().atMef(), "sen", Csr.with(Csr.keys("secp384r1")).der()), 400, "secp256r1");
    }

    @Test
    void refusesWhatIsNoRequest() {
      SecureEndpoint mef = pump().atMef();

      refused(post(mef, "sen", new byte[] {0x30, 0x00}), 400, "PKCS#10");
      refused(post(mef, "sen", new byte[5_000]), 400, "longer than");
      refused(
          await(
              mef.exchange(
                  BareRequest.post(List.of("est", "sen"), 50, new byte[] {1}, CERTS_ONLY))),
          415,
          "286");
      refused(get(mef, CERTS_ONLY, "est", "sen"), 405, "POST sen");
    }

    @Test
    @DisplayName("ties the request to its session by challengePassword (RFC 7030 clause 3.5)")
    void checksTheChallenge() {
      SecureEndpoint mef = pump().atMef();
      byte[] binding = NodeClient.session(mef).channelBinding();
      String challenge = Base64.getEncoder().encodeToString(binding);

      enrolled(mef, "sen", Csr.with(Csr.keys()).challenge(challenge));
      refused(
          post(mef, "sen", Csr.with(Csr.keys()).challenge("of another session").der()),
          400,
          "challengePassword");
    }

    @Test
    void isAlsoForANodeThatCameWithACertificate() {
      server.enrolledWithCertificate("/meter-1");
      CertificateCredential factory =
          ca.credential(
              ca.issue(new CertificateSubject.Cse(new CseId("/meter-1"), RunningServer.SP)));

      X509Certificate issued =
          enrolled(server.open(RunningServer.MEF, factory), "sen", Csr.with(Csr.keys()));

      assertThat(issued.getSubjectX500Principal().getName()).isEqualTo("CN=meter-1.sp.example.org");
    }

    /** Else the holder of a Kpm had himself a certificate that outlives the Kpm's revocation. */
    @Test
    void givesNoNameThatIsAnotherCredentialsOfTheNode() {
      NodeClient pump = pump();
      EnroleeOrder certificate =
          EnroleeOrder.readCredential(Attributes.builder().put("method", "certificate").build());
      await(server.in().admin().credentials().add(pump.enrolee().id(), certificate));

      refused(post(pump.atMef(), "sen", Csr.with(Csr.keys()).der()), 403, "the credential that");
    }

    @Test
    void endsWithBootstrapping() {
      Instant end = Instant.now().plus(Duration.ofHours(1));
      server.enrolledUntil("guest", end);

      X509Certificate issued = enrolled(played("guest").atMef(), "sen", Csr.with(Csr.keys()));

      assertThat(issued.getNotAfter().toInstant()).isBeforeOrEqualTo(end);
    }

    @Test
    void isRationed() {
      SecureEndpoint mef = pump().atMef();
      for (int i = 0; i < 8; i++) {
        enrolled(mef, "sen", Csr.with(Csr.keys()));
      }

      BareResponse ninth = post(mef, "sen", Csr.with(Csr.keys()).der());

      refused(ninth, 429, "Max-Age");
      assertThat(ninth.maxAge()).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
    }
  }

  @Nested
  @DisplayName("Who may use it, and where it is")
  class Access {
    @Test
    void aSessionWithAnotherFunctionMayNot() {
      NodeClient pump = pump();
      SecureEndpoint maf = pump.atMaf(pump.enrolled(KeyUsage.PROVISIONED_FOR_MAF));

      refused(get(maf, CERTS_ONLY, "est", "crts"), 403, "session with the MEF");
    }

    @Test
    void noOtherPathIsServed() {
      SecureEndpoint mef = pump().atMef();

      refused(get(mef, CERTS_ONLY, "est"), 404, "crts");
      refused(get(mef, CERTS_ONLY, "est", "skg"), 404, "crts");
      refused(get(mef, CERTS_ONLY, ".well-known", "est", "label", "crts"), 404, "crts");
    }

    @Test
    @DisplayName("discovery lists the paths with their formats (RFC 9148 clause 4.1)")
    void isDiscovered() {
      SecureEndpoint mef = pump().atMef();

      String links =
          NodeClient.send(mef, NodeClient.request(Operation.RETRIEVE, ".well-known/core").build())
              .content()
              .orElseThrow()
              .value()
              .toString();

      assertThat(links)
          .contains("</est/crts>;rt=\"ace.est.crts\";ct=\"281 287\"")
          .contains("</est/sen>;rt=\"ace.est.sen\";ct=\"281 287\"")
          .contains("</est/sren>;rt=\"ace.est.sren\";ct=\"281 287\"")
          .contains("</est/att>;rt=\"ace.est.att\";ct=\"285\"");
    }
  }
}
