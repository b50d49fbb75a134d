// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mooring.common.resource.EnrolmentMethod.CERTIFICATE;
import static org.mooring.common.resource.EnrolmentMethod.GBA;
import static org.mooring.common.resource.EnrolmentMethod.PSK;
import static org.mooring.in.scenario.MethodScenario.est;
import static org.mooring.in.scenario.MethodScenario.givenMethods;
import static org.mooring.in.scenario.MethodScenario.givenMethodsAtTheMaf;
import static org.mooring.in.scenario.MethodScenario.open;
import static org.mooring.in.scenario.MethodScenario.refused;
import static org.mooring.in.scenario.MethodScenario.registers;
import static org.mooring.in.scenario.MethodScenario.registersKey;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.CSE;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.gba.DigestCredentials;
import org.mooring.common.gba.UbContent;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.scenario.MethodScenario;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer.Enrolee;
import org.mooring.in.scenario.UbNode;

/** Below what the provider and an enrolee's minimum take, nothing is to be had. */
class BarredMethodsTest {
  private static final ResponseStatusCode REFUSED = Refusal.METHOD_NOT_ACCEPTED.status();
  private static final ResponseStatusCode CREATED = ResponseStatusCode.CREATED;

  @TempDir private Path folder;

  /** What was registered under a better method is of no use in a session below it. */
  @Test
  void belowTheMinimumNothingIsDoneWhateverWasRegisteredBefore() {
    try (MethodScenario given = givenMethods(folder, "certificate,rpk,gba,psk")) {
      NodeClient node = given.pump();
      SecureEndpoint before = node.atMef();
      assertThat(registers(node.at(MEF, given.certificateOf(node)))).isEqualTo(CREATED);
      assertThat(registers(before)).isEqualTo(CREATED);

      given.bar(node.enrolee(), CERTIFICATE);

      for (SecureEndpoint session : List.of(node.atMef(), node.atMef())) {
        assertThat(registersKey(session)).isEqualTo(REFUSED);
        assertThat(registers(session, refused(CERTIFICATE), open(PSK))).isEqualTo(REFUSED);
        assertThat(
                send(session, NodeClient.request(Operation.RETRIEVE, "mef/-/cmd").build()).status())
            .isEqualTo(REFUSED);
        assertThat(est(session)).isEqualTo(403);
      }
      assertThat(registersKey(node.at(MEF, given.certificateOf(node)))).isEqualTo(CREATED);
      assertThat(given.audited("METHOD_REFUSED"))
          .isNotEmpty()
          .allSatisfy(
              recorded -> {
                assertThat(recorded.text("method")).contains("psk");
                assertThat(recorded.text("minimum")).contains("certificate");
              });
    }
  }

  @Test
  void aMethodThatIsNotAcceptedGetsNothing() {
    try (MethodScenario given = givenMethods(folder, "psk")) {
      NodeClient node = given.withKpm("pump");
      Enrolee pump = node.enrolee();
      assertThat(est(node.atMef())).isEqualTo(204);

      SecureEndpoint byCertificate = node.at(MEF, given.certificateOf(node));

      assertThat(registers(byCertificate)).isEqualTo(REFUSED);
      assertThat(est(byCertificate)).isEqualTo(403);
      assertThat(registers(node.atMef())).isEqualTo(CREATED);
      assertThat(given.server().in().admin().credentials().add(pump.id(), order("certificate")))
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableThat()
          .withMessageContaining("method: certificate is not among");
    }
  }

  @Test
  void aUsimBelowTheMinimumNeitherBootstrapsNorOpensSessions() {
    try (MethodScenario given = givenMethods(folder, "psk,gba")) {
      UbNode usim = given.server().withUsim("00101-barred");
      given.give(usim.enrolee(), Attributes.builder().put("method", "psk").build());
      NodeClient node = given.played(usim.client());
      UbNode.Bootstrapped done = usim.bootstrapped(UbNode.Carrier.COAP);
      assertThat(registers(node.at(MEF, done.toward(MEF)), open(GBA), open(PSK)))
          .as("the Kpm is better and opens")
          .isEqualTo(REFUSED);
      assertThat(registers(node.at(MEF, done.toward(MEF)))).isEqualTo(CREATED);

      given.bar(usim.enrolee(), PSK);

      String reason = "gba is below the enrolee's minimum, psk";
      assertThat(registers(node.at(MEF, done.toward(MEF)))).isEqualTo(REFUSED);
      for (PskCredential elsewhere : List.of(done.toward(MAF), done.toward(CSE))) {
        SecureEndpoint refused = node.at(elsewhere.equals(done.toward(MAF)) ? MAF : CSE, elsewhere);
        assertThat(refused.connect().toCompletableFuture()).failsWithin(Duration.ofSeconds(20));
        await()
            .untilAsserted(
                () ->
                    assertThat(given.server().handshakeFailures(elsewhere.identity().toString()))
                        .contains(reason));
      }
      UbNode.Reply answer =
          usim.ask(
              UbNode.Carrier.HTTP,
              new DigestCredentials.Opening(usim.impi(), MEF, UbContent.URI).toString());
      assertThat(answer.status()).isEqualTo(403);
      assertThat(given.auditedOnce("BOOTSTRAPPING_REFUSED").text("reason")).contains(reason);
    }
  }

  @Test
  void aCertificateBelowTheMinimumOpensNoSessionWithTheMaf() {
    try (MethodScenario given = givenMethodsAtTheMaf(folder, "psk,certificate")) {
      NodeClient node = given.pump();
      assertThat(node.at(MAF, given.certificateOf(node)).connect().toCompletableFuture())
          .succeedsWithin(Duration.ofSeconds(20));

      given.bar(node.enrolee(), PSK);

      assertThat(node.at(MAF, given.certificateOf(node)).connect().toCompletableFuture())
          .failsWithin(Duration.ofSeconds(20));
      await()
          .untilAsserted(
              () ->
                  assertThat(given.audited("HANDSHAKE_FAILED"))
                      .anyMatch(
                          failed ->
                              failed
                                  .text("reason")
                                  .orElse("")
                                  .equals("certificate is below the enrolee's minimum, psk")));
    }
  }

  @Test
  void aServerDoesNotStartWhereAMinimumWouldBarAnEnrolee() {
    try (MethodScenario given = givenMethods(folder, "certificate,psk")) {
      given.bar(given.pump().enrolee(), CERTIFICATE);
    }

    assertThatThrownBy(() -> givenServer(folder.resolve("data")).withMethods("psk").started())
        .hasMessageStartingWith("--methods: accept certificate, the minimum of an enrolee");
  }

  private static EnroleeOrder order(String method) {
    return EnroleeOrder.readCredential(Attributes.builder().put("method", method).build());
  }
}
