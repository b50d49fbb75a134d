// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.common.resource.EnrolmentMethod.CERTIFICATE;
import static org.mooring.common.resource.EnrolmentMethod.PSK;
import static org.mooring.common.resource.EnrolmentMethod.RPK;
import static org.mooring.in.scenario.MethodScenario.est;
import static org.mooring.in.scenario.MethodScenario.givenMethods;
import static org.mooring.in.scenario.MethodScenario.open;
import static org.mooring.in.scenario.MethodScenario.refused;
import static org.mooring.in.scenario.MethodScenario.registers;
import static org.mooring.in.scenario.MethodScenario.registersKey;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.SP;

import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.dtls.EndpointCredential;
import org.mooring.common.dtls.RawKeyPair;
import org.mooring.common.dtls.RawPublicKeyCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.ServerTrust;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.scenario.Csr;
import org.mooring.in.scenario.MethodScenario;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer.Enrolee;

/** The MEF picks the method out of those that a node has. */
class MethodNegotiationTest {
  private static final ResponseStatusCode REFUSED = Refusal.METHOD_NOT_ACCEPTED.status();
  private static final ResponseStatusCode CREATED = ResponseStatusCode.CREATED;

  @TempDir private Path folder;

  @Test
  void aNodeWithSomethingBetterIsSentToIt() {
    try (MethodScenario given = givenMethods(folder, "certificate,psk")) {
      NodeClient node = given.pump();

      assertThat(registers(node.atMef(), open(PSK), open(CERTIFICATE))).isEqualTo(REFUSED);

      Attributes recorded = given.auditedOnce("METHOD_REFUSED");
      assertThat(recorded.text("method")).contains("psk");
      assertThat(recorded.text("preferred")).contains("certificate");
      assertThat(recorded.text("offer")).contains("psk, certificate");
      assertThat(
              registers(node.at(MEF, given.certificateOf(node)), refused(PSK), open(CERTIFICATE)))
          .isEqualTo(CREATED);
      assertThat(given.audited("METHOD_FALLEN_BACK")).as("psk is not what is preferred").isEmpty();
    }
  }

  @Test
  void whatTheNodeDoesNotOfferOrTheServerDoesNotKnowIsNotAskedFor() {
    try (MethodScenario given = givenMethods(folder, "certificate,psk")) {
      NodeClient node = given.pump();
      NodeClient other = given.withKpm("other");

      assertThat(registers(node.atMef())).isEqualTo(CREATED);
      assertThat(registers(node.atMef(), open(PSK), open(RPK))).isEqualTo(CREATED);
      assertThat(registers(other.atMef(), open(CERTIFICATE), open(PSK))).isEqualTo(CREATED);
    }
  }

  /** Somebody may have forged the alert: it is written down what the node could have used. */
  @Test
  void aNodeThatWasRefusedWithSomethingBetterGoesOnAndIsRecorded() {
    try (MethodScenario given = givenMethods(folder, "certificate,psk")) {
      NodeClient node = given.pump();

      assertThat(registers(node.atMef(), refused(CERTIFICATE), open(PSK))).isEqualTo(CREATED);

      Attributes recorded = given.auditedOnce("METHOD_FALLEN_BACK");
      assertThat(recorded.text("method")).contains("psk");
      assertThat(recorded.text("preferred")).contains("certificate");
      assertThat(recorded.flag("opensHere")).contains(true);
      assertThat(recorded.text("offer")).contains("certificate (refused), psk");
    }
  }

  @Test
  void labelsThatMakeNoOfferAreRefused() {
    try (MethodScenario given = givenMethods(folder, "certificate,psk")) {
      Attributes content =
          Attributes.builder()
              .put(TrustResourceNames.EXPIRATION_TIME, M2mTimestamp.NEVER)
              .put(TrustResourceNames.LABELS, List.of("enrolment-method:2:psk"))
              .build();

      assertThat(
              send(
                      given.pump().atMef(),
                      NodeClient.create(
                              TrustResourceNames.baseOf(MEF),
                              TrustResourceNames.MEF_CLIENT_REG.code())
                          .content(
                              Representation.of(TrustResourceNames.MEF_CLIENT_REG.root(), content))
                          .build())
                  .status())
          .isEqualTo(Refusal.INVALID_ATTRIBUTE.status());
    }
  }

  /** An issued certificate is as good as one from the factory. */
  @Test
  void oncePskIsBarredTheCertificateThatItGotTheNodeWillDo() {
    try (MethodScenario given = givenMethods(folder, "certificate,psk")) {
      NodeClient node = given.withKpm("pump");
      Enrolee pump = node.enrolee();
      assertThat(est(node.atMef())).isEqualTo(204);

      given.bar(pump, CERTIFICATE);

      assertThat(registers(node.atMef())).isEqualTo(REFUSED);
      SecureEndpoint byCertificate = node.at(MEF, given.certificateOf(node));
      assertThat(registers(byCertificate, refused(PSK), open(CERTIFICATE))).isEqualTo(CREATED);
      assertThat(registersKey(byCertificate)).isEqualTo(CREATED);
      assertThat(
              NodeClient.await(given.server().in().admin().showEnrolee(pump.id()))
                  .text("enrolledBy"))
          .contains("certificate");
    }
  }

  @Test
  void aFurtherPublicKeyOpensASessionOfTheSameNode() {
    try (MethodScenario given = givenMethods(folder, "rpk,psk")) {
      NodeClient node = given.withKpm("pump");
      Enrolee pump = node.enrolee();
      KeyPair keys = Csr.keys();
      String told = PublicKeyId.of(keys.getPublic()).toString();
      given.give(pump, Attributes.builder().put("publicKey", told).build());
      EndpointCredential own =
          new RawPublicKeyCredential(
              new KeyIdentifier("raw", MEF),
              new RawKeyPair(keys.getPrivate(), keys.getPublic()),
              new ServerTrust.Authorities(List.of(given.ca().certificate())));

      assertThat(registers(node.atMef(), open(PSK), open(RPK))).isEqualTo(REFUSED);
      assertThat(registers(node.at(MEF, own), open(PSK), open(RPK))).isEqualTo(CREATED);
    }
  }

  @Test
  void aNameThatWasTakenFromANodeIsCertifiedNoMore() {
    try (MethodScenario given = givenMethods(folder, "certificate,psk")) {
      NodeClient node = given.pump();
      KeyIdentifier certificate =
          new KeyIdentifier(
              new CertificateName.OfDomain(node.enrolee().csi().fqdn(SP)).relativeId(), MEF);
      var unused =
          NodeClient.await(
              given.server().in().admin().credentials().remove(node.enrolee().id(), certificate));

      assertThat(est(node.atMef())).isEqualTo(403);
      assertThat(node.at(MEF, given.certificateOf(node)).connect().toCompletableFuture())
          .failsWithin(Duration.ofSeconds(20));
    }
  }
}
