// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.CSE;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.gba.Aka;
import org.mooring.common.gba.DigestAka;
import org.mooring.common.gba.DigestChallenge;
import org.mooring.common.gba.DigestCredentials;
import org.mooring.common.gba.SequenceNumber;
import org.mooring.common.gba.UbContent;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.UbNode;
import org.mooring.in.scenario.UbNode.Bootstrapped;
import org.mooring.in.scenario.UbNode.Carrier;

/** Nodes with a USIM, over both carriers of Ub and on to their associations. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UbTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final RunningServer server;

  UbTest(@TempDir Path dataDir) {
    server = givenServer(dataDir).withUb().started();
  }

  @AfterAll
  void tearDown() {
    server.close();
  }

  /** TS-0003 clause 8.3.2.3: Km = Ks_NAF and KmId = B-TID, nothing is assigned. */
  @ParameterizedTest
  @EnumSource(Carrier.class)
  void aNodeGoesFromItsUsimToItsAssociation(Carrier carrier) {
    UbNode usim = server.withUsim("00101-walk-" + carrier);

    Bootstrapped done = usim.bootstrapped(carrier);

    try (NodeClient node = usim.client()) {
      Attributes enrolled = attributes(node.register(node.at(MEF, done.toward(MEF)), MEF));
      assertThat(
              enrolled.members(TrustResourceNames.CLIENT_CONFIGURATION).orElseThrow().text("csi"))
          .contains(usim.enrolee().csi().value());
      PskCredential km = done.toward(MAF);
      assertThat(
              attributes(node.register(node.atMaf(km), MAF))
                  .text(TrustResourceNames.ASSIGNED_KEY_ID))
          .isEmpty();
      PskCredential kc = node.associated(km);
      assertThat(send(node.atCse(kc), node.registration(node.remoteCse()).build()).status())
          .isEqualTo(ResponseStatusCode.CREATED);
    }
    assertThat(server.hasAudited(AuditAction.BOOTSTRAPPED, canonical(done))).isTrue();
  }

  /** On the direct path Ks_NAF for the CSE is Kpsa. */
  @Test
  void theSameTransactionOpensAnAssociationWithTheCse() {
    UbNode usim = server.withUsim("00101-direct");
    Bootstrapped done = usim.bootstrapped(Carrier.COAP);

    try (NodeClient node = usim.client()) {
      assertThat(
              send(node.atCse(done.toward(CSE)), node.registration(node.remoteCse()).build())
                  .status())
          .isEqualTo(ResponseStatusCode.CREATED);
    }
  }

  @Test
  void theKeyOfOneFunctionOpensNoOther() {
    UbNode usim = server.withUsim("00101-apart");
    Bootstrapped done = usim.bootstrapped(Carrier.HTTP);

    try (NodeClient node = usim.client()) {
      for (Fqdn other : new Fqdn[] {MAF, CSE}) {
        assertThatThrownBy(() -> NodeClient.session(node.at(other, done.toward(MEF))))
            .isInstanceOf(RuntimeException.class);
      }
      PskCredential inHex =
          new PskCredential(done.info().transaction().canonical(), done.toward(MEF).key());
      assertThatThrownBy(() -> NodeClient.session(node.at(MEF, inHex)))
          .isInstanceOf(RuntimeException.class);
      PskCredential byImpi = new PskCredential(usim.enrolee().id(), usim.key().k());
      assertThatThrownBy(() -> NodeClient.session(node.at(MEF, byImpi)))
          .isInstanceOf(RuntimeException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Carrier.class)
  void aStaleSequenceNumberResynchronises(Carrier carrier) {
    UbNode usim = server.withUsim("00101-stale-" + carrier);
    SequenceNumber ahead = SequenceNumber.of(5_000, 7);
    DigestChallenge first = usim.challenge(carrier);
    assertThat(usim.open(first).orElseThrow().number().counter()).isLessThan(ahead.counter());

    DigestCredentials.Answer stale = usim.stale(first, ahead);
    DigestChallenge second = DigestChallenge.parse(usim.ask(carrier, stale.toString()).field());

    Aka.Opened opened = usim.open(second).orElseThrow();
    assertThat(opened.number()).isEqualTo(ahead.next());
    DigestCredentials.Answer answer = usim.answer(second, opened.response());
    assertThat(usim.ask(carrier, answer.toString()).status()).isEqualTo(200);
    assertThat(usim.ask(carrier, stale.toString()).status()).isEqualTo(403);
    assertThat(server.hasAudited(AuditAction.BOOTSTRAPPING_RESYNCHRONISED, usim.impi().toString()))
        .isTrue();
  }

  @Test
  void aTokenOfAnotherUsimSetsNothing() {
    UbNode usim = server.withUsim("00101-forged");
    UbNode other = server.withUsim("00101-forger");
    DigestChallenge challenge = usim.challenge(Carrier.COAP);
    String forged =
        DigestAka.answer(
                challenge,
                usim.impi(),
                UbContent.URI,
                Aka.auts(other.key(), challenge.aka().rand(), SequenceNumber.of(9_000, 1)))
            .toString();

    assertThat(usim.ask(Carrier.COAP, forged).status()).isEqualTo(403);

    assertThat(usim.open(usim.challenge(Carrier.COAP)).orElseThrow().number().counter())
        .isLessThan(9_000);
  }

  @Test
  void aWrongResponseIsRefusedAndTheRightOneStillTaken() {
    UbNode usim = server.withUsim("00101-wrong");
    DigestChallenge challenge = usim.challenge(Carrier.HTTP);

    String guessed = usim.answer(challenge, SecretKeyBytes.random()).toString();
    assertThat(usim.ask(Carrier.HTTP, guessed).status()).isEqualTo(403);
    String answer =
        usim.answer(challenge, usim.open(challenge).orElseThrow().response()).toString();
    assertThat(usim.ask(Carrier.HTTP, answer).status()).isEqualTo(200);

    await()
        .until(() -> server.hasAudited(AuditAction.BOOTSTRAPPING_REFUSED, usim.impi().toString()));
  }

  @Test
  void anAnswerThatWasLostIsGivenAgain() {
    UbNode usim = server.withUsim("00101-again");
    DigestChallenge challenge = usim.challenge(Carrier.COAP);
    Aka.Opened opened = usim.open(challenge).orElseThrow();
    DigestCredentials.Answer answer = usim.answer(challenge, opened.response());

    Bootstrapped first = usim.confirmed(usim.ask(Carrier.COAP, answer.toString()), answer, opened);
    Bootstrapped again = usim.confirmed(usim.ask(Carrier.COAP, answer.toString()), answer, opened);

    assertThat(again.info()).isEqualTo(first.info());
  }

  @Test
  void whoeverIsNoEnroleeGetsNoChallenge() {
    UbNode usim = server.withUsim("00101-known");
    String stranger =
        "Digest username=\"999@example.org\", realm=\"%s\", nonce=\"\", uri=\"/\", response=\"\""
            .formatted(MEF);

    for (Carrier carrier : Carrier.values()) {
      assertThat(usim.ask(carrier, stranger).status()).isEqualTo(403);
      assertThat(usim.ask(carrier, stranger.replace(MEF.value(), "other.org")).status())
          .isEqualTo(403);
      assertThat(usim.ask(carrier, "Basic AAAA").status()).isEqualTo(400);
    }
    assertThat(new String(usim.ask(Carrier.HTTP, "Basic AAAA").content(), StandardCharsets.UTF_8))
        .isEqualTo("authentication: use the Digest scheme");
  }

  @Test
  void challengesForOneSubscriberAreRationed() {
    UbNode usim = server.withUsim("00101-flood");
    String opening = new DigestCredentials.Opening(usim.impi(), MEF, UbContent.URI).toString();
    int challenged = 0;
    UbNode.Reply last = usim.ask(Carrier.HTTP, opening);
    while (last.status() == 401) {
      challenged++;
      last = usim.ask(Carrier.HTTP, opening);
    }

    assertThat(last.status()).isEqualTo(503);
    assertThat(challenged).isBetween(10, 20);
    assertThat(server.withUsim("00101-other").challenge(Carrier.HTTP)).isNotNull();
  }

  /** A new Ks takes the earlier one's place at its first use, as any generation does. */
  @Test
  void aNewKeySupersedesTheEarlierOneOnceItIsUsed() {
    UbNode usim = server.withUsim("00101-twice");
    Bootstrapped first = usim.bootstrapped(Carrier.COAP);
    try (NodeClient node = usim.client()) {
      node.register(node.at(MEF, first.toward(MEF)), MEF);
      Bootstrapped second = usim.bootstrapped(Carrier.COAP);
      assertThat(server.credentials(usim.enrolee()))
          .containsEntry(canonical(first), "current")
          .containsEntry(canonical(second), "pending");

      node.register(node.at(MEF, second.toward(MEF)), MEF);

      assertThat(server.credentials(usim.enrolee()))
          .containsEntry(canonical(first), "superseded")
          .containsEntry(canonical(second), "current");
    }
  }

  @Test
  void revokingTheEnroleeEndsItsKeysAndItsUsim() {
    UbNode usim = server.withUsim("00101-revoked");
    Bootstrapped done = usim.bootstrapped(Carrier.COAP);
    try (NodeClient node = usim.client()) {
      PskCredential km = done.toward(MAF);
      node.register(node.atMaf(km), MAF);
      PskCredential kc = node.associated(km);
      NodeClient.session(node.atCse(kc));

      NodeClient.await(server.in().admin().revokeEnrolee(usim.enrolee().id(), "lost"));

      await()
          .atMost(AT_ONCE)
          .untilAsserted(
              () ->
                  assertThat(server.credentials(usim.enrolee()).values())
                      .hasSize(3)
                      .containsOnly("revoked"));
      assertThatThrownBy(() -> NodeClient.session(node.atMaf(km)))
          .isInstanceOf(RuntimeException.class);
    }
    assertThat(
            usim.ask(
                    Carrier.COAP,
                    new DigestCredentials.Opening(usim.impi(), MEF, UbContent.URI).toString())
                .status())
        .isEqualTo(403);
    assertThat(server.stored().tables().get("subscriber"))
        .isNotEmpty()
        .noneMatch(row -> row.contains(usim.impi().toString()));
  }

  @Test
  void revokingOneTransactionLeavesTheUsim() {
    UbNode usim = server.withUsim("00101-key");
    Bootstrapped done = usim.bootstrapped(Carrier.COAP);

    NodeClient.await(
        server.in().admin().revokeKey(done.info().transaction().canonical(), "leaked"));

    try (NodeClient node = usim.client()) {
      assertThatThrownBy(() -> NodeClient.session(node.at(MEF, done.toward(MEF))))
          .isInstanceOf(RuntimeException.class);
      Bootstrapped next = usim.bootstrapped(Carrier.COAP);
      node.register(node.at(MEF, next.toward(MEF)), MEF);
    }
  }

  @Test
  void nothingOutlivesTheSessionKey(@TempDir Path dataDir) {
    Duration life = Duration.ofHours(2);
    try (RunningServer shortLived =
        givenServer(dataDir)
            .withUb()
            .withLifetimes(life, Duration.ofDays(90), Duration.ofDays(7))
            .started()) {
      UbNode usim = shortLived.withUsim("00101-short");
      Bootstrapped done = usim.bootstrapped(Carrier.HTTP);
      Instant end = done.info().expiresAt();
      assertThat(end)
          .isBetween(Instant.now().plus(life).minusSeconds(60), Instant.now().plus(life));
      try (NodeClient node = usim.client()) {
        PskCredential km = done.toward(MAF);
        assertThat(
                attributes(node.register(node.atMaf(km), MAF))
                    .timestamp(TrustResourceNames.EXPIRATION_TIME))
            .contains(end);
        PskCredential kc = node.associated(km);
        assertThat(shortLived.endOf(usim.enrolee(), kc)).isBefore(end);
      }
    }
  }

  @Test
  void halfAKeyAndOneOfAnotherLengthAreRefusedByName() {
    String k = "hex:00112233445566778899aabbccddeeff";

    assertThatThrownBy(() -> order("usimK", k)).hasMessage("usimOpc: give K and OPc");
    assertThatThrownBy(() -> order("usimOpc", k)).hasMessage("usimK: give K and OPc");
    assertThatThrownBy(() -> order("usimK", k, "usimOpc", "hex:00"))
        .hasMessage("usimOpc: give 16 octets");
    assertThatThrownBy(() -> order("kpmId", "pump@" + MEF))
        .hasMessageStartingWith("impi: give one");
    assertThatThrownBy(() -> order("method", "psk"))
        .hasMessageStartingWith("method: psk goes with");
  }

  @Test
  void anOperatorsUsimHasNoKeyHere() {
    String k = "hex:00112233445566778899aabbccddeeff";
    String bsf = "bsf.operator.example";

    assertThat(order("bsf", bsf).bsf()).contains(new Fqdn(bsf));
    assertThatThrownBy(() -> EnroleeOrder.read(Attributes.builder().put("bsf", bsf).build()))
        .hasMessage("bsf: give it with impi alone");
    for (String[] wrong :
        new String[][] {
          {"bsf", bsf, "usimK", k, "usimOpc", k}, {"bsf", "localhost"}, {"bsf", MEF.value()}
        }) {
      assertThatThrownBy(() -> NodeClient.await(server.in().admin().addEnrolee(order(wrong))))
          .rootCause()
          .hasMessageStartingWith("bsf: ");
    }
  }

  private static EnroleeOrder order(String... members) {
    Attributes.Builder order = Attributes.builder().put("impi", "001@ims.example.org");
    for (int i = 0; i < members.length; i += 2) {
      order.put(members[i], members[i + 1]);
    }
    return EnroleeOrder.read(order.build());
  }

  @Test
  void whatAnOperatorSeesHasNoKey() {
    UbNode usim = server.withUsim("00101-shown");

    Attributes shown = NodeClient.await(server.in().admin().showEnrolee(usim.enrolee().id()));

    assertThat(shown.text("impi")).contains(usim.impi().toString());
    assertThat(shown.text("fingerprint")).contains(usim.key().k().fingerprint());
    assertThat(shown.names()).doesNotContain("usimK", "usimOpc", "usim");
    assertThat(server.credentials(usim.enrolee())).hasSize(1);
  }

  private static String canonical(Bootstrapped done) {
    return done.info().transaction().canonical().toString();
  }
}
