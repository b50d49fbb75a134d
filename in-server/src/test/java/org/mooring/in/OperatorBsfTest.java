// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.CSE;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.scenario.FakeOperator;
import org.mooring.in.scenario.FakeOperator.Bootstrapped;
import org.mooring.in.scenario.FakeOperator.Reply;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.UbNode;

/** Nodes whose USIM an operator knows: the server asks the operator's BSF for their keys. */
class OperatorBsfTest {
  private static final Duration LIMIT = Duration.ofSeconds(8);

  @TempDir private Path dataDir;
  private FakeOperator operator;
  private RunningServer server;

  @BeforeEach
  void setUp() {
    operator = FakeOperator.started();
    server = started();
  }

  @AfterEach
  void tearDown() {
    server.close();
    operator.close();
  }

  private RunningServer started() {
    return givenServer(dataDir).withUb().withZn(operator.asked()).started();
  }

  /** A node that the operator's BSF has authenticated. */
  private record Node(RunningServer.Enrolee enrolee, Bootstrapped done) {
    TransactionId transaction() {
      return done.transaction();
    }

    String canonical() {
      return transaction().canonical().toString();
    }
  }

  private Node node(String user) {
    Impi impi = Impi.parse(user + "@ims.operator.example");
    Attributes order =
        Attributes.builder()
            .put("impi", impi.toString())
            .put("bsf", FakeOperator.NAME.value())
            .build();
    Attributes added = NodeClient.await(server.in().admin().addEnrolee(EnroleeOrder.read(order)));
    assertThat(added.names()).doesNotContain("usimK", "usimOpc");
    assertThat(added.text("fingerprint")).contains(FakeOperator.NAME.value());
    CseId csi = new CseId(added.text("csi").orElseThrow());
    return new Node(
        new RunningServer.Enrolee(impi.identifier(), SecretKeyBytes.random(), csi),
        operator.bootstrapped(impi));
  }

  /** One of whose keys the operator tells as it should. */
  private Node known(String user) {
    Node node = node(user);
    for (Fqdn function : List.of(MEF, MAF, CSE)) {
      operator.answers(node.transaction(), function, node.done().keyOf(function));
    }
    return node;
  }

  private SecureSession session(Node node, Fqdn function) {
    try (NodeClient client = server.client(node.enrolee())) {
      return NodeClient.session(client.at(function, node.done().toward(function)));
    }
  }

  private void refused(Node node, Fqdn function, String reason) {
    assertThatThrownBy(() -> session(node, function)).isInstanceOf(RuntimeException.class);
    await()
        .untilAsserted(
            () ->
                assertThat(server.handshakeFailures(node.transaction().toString()))
                    .contains(reason));
  }

  @Test
  void aNodeGoesFromTheOperatorsBsfToItsAssociation() {
    Node node = known("001-walk");
    try (NodeClient client = server.client(node.enrolee())) {
      client.register(client.at(MEF, node.done().toward(MEF)), MEF);
      PskCredential km = node.done().toward(MAF);
      client.register(client.atMaf(km), MAF);
      PskCredential kc = client.associated(km);
      assertThat(send(client.atCse(kc), client.registration(client.remoteCse()).build()).status())
          .isEqualTo(ResponseStatusCode.CREATED);
    }

    assertThat(server.credentials(node.enrolee())).containsEntry(node.canonical(), "current");
    assertThat(operator.requests()).hasSize(2);
    assertThat(server.hasAudited(AuditAction.NAF_KEY_RETRIEVED, node.canonical())).isTrue();
    assertThat(server.stored().toString())
        .doesNotContain(hex(node.done().nafKey(MEF)), hex(node.done().nafKey(MAF)));
  }

  @Test
  void theSameTransactionOpensAnAssociationWithTheCse() {
    Node node = known("001-direct");
    try (NodeClient client = server.client(node.enrolee())) {
      assertThat(
              send(
                      client.atCse(node.done().toward(CSE)),
                      client.registration(client.remoteCse()).build())
                  .status())
          .isEqualTo(ResponseStatusCode.CREATED);
    }
  }

  /** Also while the BSF is away, and after a restart. */
  @Test
  void aKeyIsAskedForOnce() {
    Node node = known("001-once");
    session(node, MEF);
    session(node, MEF);
    assertThat(operator.requests()).hasSize(1);

    server.close();
    operator.close();
    server = started();

    session(node, MEF);
    assertThat(operator.requests()).hasSize(1);
  }

  @Test
  void handshakesAtATimeShareOneQuestion() {
    Node node = known("001-shared");
    List<CompletableFuture<SecureSession>> sessions =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> session(node, MEF)))
            .toList();
    sessions.forEach(session -> assertThat(NodeClient.await(session)).isNotNull());

    assertThat(operator.requests()).hasSize(1);
  }

  @Test
  void theOperatorsRefusalsLetHandshakesFail() {
    Node unknown = node("001-unknown");
    refused(unknown, MEF, "the BSF does not know the B-TID (UNKNOWN)");

    Node disagreed = known("001-disagreed");
    operator.answers(disagreed.transaction(), MAF, Reply.problem(403, "NOT_YOURS"));
    refused(disagreed, MAF, "the BSF gives no key of " + MAF + " (NOT_YOURS)");
    assertThat(session(disagreed, MEF)).isNotNull();

    Node malformed = node("001-malformed");
    operator.answers(malformed.transaction(), MEF, Reply.json("{}"));
    refused(malformed, MEF, "the BSF's answer, meKeyMaterial: give it, a text");
  }

  @Test
  void aKeyThatHasEndedOpensNothing() {
    Node node = node("001-ended");
    operator.answers(
        node.transaction(),
        MEF,
        node.done()
            .keyOf(
                MEF,
                ",\"keyExpiryTime\":\"2020-01-01T00:00:00Z\",\"impi\":\"%s\""
                    .formatted(node.done().impi())));

    refused(node, MEF, "the key that the BSF gave has ended");
    assertThat(server.credentials(node.enrolee())).doesNotContainKey(node.canonical());
  }

  @Test
  void aKeyLivesNoLongerThanTheBsfSaysOrAnEnrolmentDoes() {
    Instant end = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    Node brief = node("001-brief");
    operator.answers(
        brief.transaction(),
        MEF,
        brief
            .done()
            .keyOf(
                MEF,
                ",\"keyExpiryTime\":\"%s\",\"impi\":\"%s\"".formatted(end, brief.done().impi())));
    session(brief, MEF);
    assertThat(endOf(brief)).isEqualTo(end);

    Node endless = node("001-endless");
    operator.answers(
        endless.transaction(),
        MEF,
        endless.done().keyOf(MEF, ",\"impi\":\"%s\"".formatted(endless.done().impi())));
    session(endless, MEF);
    assertThat(endOf(endless))
        .isBetween(
            Instant.now().plus(Duration.ofDays(364)), Instant.now().plus(Duration.ofDays(365)));
  }

  private Instant endOf(Node node) {
    return server.endOf(
        node.enrolee(), new PskCredential(node.transaction().canonical(), node.done().nafKey(MEF)));
  }

  /** An operator speaks for its own subscribers. */
  @Test
  void theOperatorNamesNobodyElsesSubscriber() {
    UbNode own = server.withUsim("001-own");
    Bootstrapped claimed = operator.bootstrapped(own.impi());
    operator.answers(claimed.transaction(), MEF, claimed.keyOf(MEF));
    refused(
        new Node(own.enrolee(), claimed),
        MEF,
        "the enrolee's IMPI is not of this BSF's: " + own.impi());

    Node quiet = node("001-quiet");
    operator.answers(quiet.transaction(), MEF, quiet.done().keyOf(MEF, ""));
    refused(quiet, MEF, "the BSF does not tell the IMPI");

    Impi stranger = Impi.parse("999@ims.operator.example");
    Bootstrapped strangers = operator.bootstrapped(stranger);
    operator.answers(strangers.transaction(), MEF, strangers.keyOf(MEF));
    refused(
        new Node(quiet.enrolee(), strangers),
        MEF,
        "no enrolee with the IMPI may enrol: " + stranger);
  }

  @Test
  void theOperatorMayNotNameAnotherSubscriberLater() {
    Node node = known("001-first");
    Node other = node("001-second");
    session(node, MEF);
    operator.answers(
        node.transaction(),
        MAF,
        node.done().keyOf(MAF, ",\"impi\":\"%s\"".formatted(other.done().impi())));

    refused(node, MAF, "the BSF told another IMPI before");
  }

  @Test
  void aBsfThatIsSilentHoldsUpItsOwnIdentityAlone() {
    Node waiting = node("001-waiting");
    operator.answers(waiting.transaction(), MEF, Reply.SILENCE);
    Node next = known("001-next");
    long start = System.nanoTime();

    CompletableFuture<Void> silent =
        CompletableFuture.runAsync(() -> refused(waiting, MEF, "the BSF gives no answer"));
    assertThat(session(next, MEF)).isNotNull();
    server.serves();
    NodeClient.await(silent);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
  }

  @Test
  void aBsfThatIsDownIsAskedAgainAfterSomeSeconds() {
    Node node = node("001-later");
    refused(node, MEF, "the BSF does not know the B-TID (UNKNOWN)");
    operator.answers(node.transaction(), MEF, node.done().keyOf(MEF));

    assertThatThrownBy(() -> session(node, MEF)).isInstanceOf(RuntimeException.class);
    assertThat(operator.requests()).hasSize(1);
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> session(node, MEF) != null);
    assertThat(operator.requests()).hasSize(2);
  }

  @Test
  void aNewTransactionSupersedesTheEarlierOneOnceItIsUsed() {
    Node first = known("001-twice");
    Bootstrapped second = operator.bootstrapped(first.done().impi());
    operator.answers(second.transaction(), MEF, second.keyOf(MEF));
    try (NodeClient client = server.client(first.enrolee())) {
      client.register(client.at(MEF, first.done().toward(MEF)), MEF);
      NodeClient.session(client.at(MEF, second.toward(MEF)));
      assertThat(server.credentials(first.enrolee()))
          .containsEntry(first.canonical(), "current")
          .containsEntry(second.transaction().canonical().toString(), "pending");

      client.register(client.at(MEF, second.toward(MEF)), MEF);

      assertThat(server.credentials(first.enrolee()))
          .containsEntry(first.canonical(), "superseded")
          .containsEntry(second.transaction().canonical().toString(), "current");
    }
  }

  @Test
  void revokingTheEnroleeEndsItsKeys() {
    Node node = known("001-revoked");
    session(node, MEF);

    NodeClient.await(server.in().admin().revokeEnrolee(node.enrolee().id(), "lost"));

    assertThat(server.credentials(node.enrolee())).containsEntry(node.canonical(), "revoked");
    refused(node, MEF, "the credential is revoked");
    refused(node, MAF, "the credential is revoked");
    assertThat(operator.requests()).hasSize(1);
  }

  private static String hex(SecretKeyBytes key) {
    return HexFormat.of().formatHex(key.toByteArray());
  }
}
