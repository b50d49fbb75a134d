// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.peer.PeerFailedException;
import org.mooring.interop.peer.RawCoap;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.relay.DatagramRelay;
import org.mooring.interop.relay.Interceptor;
import org.mooring.interop.relay.RelayedDatagram;

/**
 * Nodes with a Kpm and a certificate: the provider picks, a certificate that does not hold is
 * passed over with the reason, and nobody who holds datagrams back chooses the method.
 */
@Timeout(180)
class MethodNegotiationTest extends CertificateTest {
  private static final Duration COMMAND = Duration.ofSeconds(60);
  private static final String KPM = KeyText.hex(SecretKeyBytes.random());
  private static final int TRIES = 4;
  private static final int ASSOCIATION_REQUIRED = 4107;
  private static final List<String> IMPATIENT =
      List.of(
          "--backoff-first", "100ms",
          "--backoff-max", "500ms",
          "--dtls-timeout", "500ms",
          "--ack-timeout", "500ms");

  @BeforeAll
  static void start(@TempDir Path folder) {
    start(folder, List.of(MEF));
  }

  /** The node would rather use its Kpm, and is told otherwise inside its session. */
  @Test
  void theProviderPicksAmongWhatTheNodeHas() {
    String kpmId = enroleeWithBoth("/picked");

    try (AsnNode node =
        startNode("/picked", server.ports().coaps(), "--prefer", "psk,certificate")) {
      node.awaitRegistered(PATIENCE);
    }

    assertThat(enrolledBy(kpmId)).contains("certificate");
    assertThat(audited("METHOD_REFUSED", kpmId))
        .isNotEmpty()
        .allSatisfy(detail -> assertThat(detail.text("preferred")).contains("certificate"));
    assertThat(verdicts("/picked")).containsExactly("psk barred", "certificate open");
  }

  @Test
  void aNodeWhoseCertificateIsRevokedGoesOnWithItsKpmAndSaysWhy() {
    String kpmId = enroleeWithBoth("/fallen");
    revokeCertificate("/fallen");

    try (AsnNode node = startNode("/fallen", server.ports().coaps())) {
      node.awaitRegistered(PATIENCE);
      assertThat(node.events())
          .filteredOn(line -> line.text("event").equals(Optional.of("failed")))
          .extracting(line -> line.text("reason").orElse(""))
          .anySatisfy(reason -> assertThat(reason).contains("certificate").contains("psk"));
    }

    assertThat(enrolledBy(kpmId)).contains("psk");
    assertThat(audited("METHOD_FALLEN_BACK", kpmId))
        .singleElement()
        .satisfies(
            detail -> {
              assertThat(detail.text("preferred")).contains("certificate");
              assertThat(detail.text("offer").orElseThrow()).contains("certificate");
            });
  }

  @Test
  void nothingBelowTheMinimumGetsIn() {
    String kpmId = enroleeWithBoth("/strict");
    inServer("enrolee", "method", kpmId, "--min-method", "certificate");
    revokeCertificate("/strict");

    try (AsnNode node = startNode("/strict", server.ports().coaps())) {
      await()
          .atMost(PATIENCE)
          .until(() -> audited("METHOD_REFUSED", kpmId), refusals -> !refusals.isEmpty());
      assertThat(node.events())
          .noneMatch(line -> line.text("event").equals(Optional.of("registered")));
    }

    OneM2mMessages messages = new OneM2mMessages("", "strict");
    try (OpenSslClient foreign =
        ForeignNode.connect(
            server.ports().coaps(),
            MEF,
            new TestBed.Enrolee(kpmId, KPM, "/strict", "").credential(),
            ForeignNode.BOOTSTRAP)) {
      RawCoap registration = ForeignNode.clientRegistration(messages, MEF, 4, "sec:mefcr");
      RawCoap key = ForeignNode.keyRegistration(messages, MEF, 22, "/id-in");
      assertThat(OneM2mMessages.statusOf(foreign.exchange(registration)))
          .hasValue(ASSOCIATION_REQUIRED);
      assertThat(OneM2mMessages.statusOf(foreign.exchange(key))).hasValue(ASSOCIATION_REQUIRED);
    }
  }

  /** The server's certificate never arrives, a handshake with the Kpm would. */
  @Test
  void whoHoldsDatagramsBackDoesNotChooseTheMethod() throws Exception {
    String kpmId = enroleeWithBoth("/held");
    AtomicBoolean holding = new AtomicBoolean(true);
    AtomicInteger hellos = new AtomicInteger();
    Interceptor attacker =
        datagram -> {
          if (datagram.kind() == RelayedDatagram.Kind.CLIENT_HELLO) {
            hellos.incrementAndGet();
          }
          boolean isHeld =
              holding.get()
                  && datagram.direction() == RelayedDatagram.Direction.TO_CLIENT
                  && datagram.kind() == RelayedDatagram.Kind.FLIGHT
                  && datagram.octets() > 200;
          return isHeld ? Interceptor.DROP : Interceptor.PASS;
        };
    try (DatagramRelay relay = DatagramRelay.open(server.coapsAddress(), attacker);
        AsnNode node = startNode("/held", relay.port())) {
      await().atMost(PATIENCE).until(() -> failures(node) >= TRIES);

      assertThat(hellos.get()).isGreaterThanOrEqualTo(TRIES);
      assertThat(audited("CLIENT_REGISTERED", kpmId)).isEmpty();
      assertThat(audited("METHOD_REFUSED", kpmId)).isEmpty();
      assertThat(verdicts("/held")).containsExactly("certificate open", "psk open");

      holding.set(false);
      node.awaitRegistered(PATIENCE);
    }
    assertThat(enrolledBy(kpmId)).contains("certificate");
  }

  private static long failures(AsnNode node) {
    return node.events().stream()
        .filter(line -> line.text("event").equals(Optional.of("failed")))
        .count();
  }

  /** Adds a node with a Kpm and a certificate, and gives its KpmId. */
  private static String enroleeWithBoth(String csi) {
    Attributes added =
        inServer(
            "enrolee",
            "add",
            "--csi",
            csi,
            "--path",
            "direct",
            "--kpm",
            KPM,
            "--factory-file",
            file(csi.substring(1) + ".json"));
    String kpmId = added.text("kpmId").orElseThrow();
    inServer("enrolee", "credential", "add", kpmId, "--method", "certificate");
    pki("pki", "issue", "--cse-id", csi, "--out", file(csi.substring(1)));
    return kpmId;
  }

  private static Attributes inServer(String... arguments) {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addAll(List.of("--data", bed.data().toString(), "--json"));
    return Commands.json(bed.jars().inServer(), COMMAND, command);
  }

  /** The server reads the list again by itself: waits until it refuses the certificate. */
  private static void revokeCertificate(String csi) {
    String name = csi.substring(1);
    pki("pki", "revoke", file(name + ".crt"), "--reason", "keyCompromise");
    long before = refusalsFor("the certificate is revoked");
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              tryToConnect(name);
              return refusalsFor("the certificate is revoked") > before;
            });
  }

  private static void tryToConnect(String name) {
    try {
      connect(name).close();
    } catch (PeerFailedException e) {
      // Why, the server's record tells.
    }
  }

  private static AsnNode startNode(String csi, int port, String... more) {
    String name = csi.substring(1);
    List<String> factory = new ArrayList<>(AsnNode.withFactoryFile(Path.of(file(name + ".json"))));
    factory.addAll(AsnNode.withCertificate(Path.of(file(name)), ca("pki").certificate()));
    factory.addAll(List.of(more));
    return AsnNode.start(
        bed.jars(),
        new AsnNode.Settings(
            bed.folder().resolve("vault-" + name), port, factory, List.of(), IMPATIENT));
  }

  /** By which method the server says that the node enrolled last. */
  private static Optional<String> enrolledBy(String kpmId) {
    return server.admin().showEnrolee(kpmId).text("enrolledBy");
  }

  /** What the node says of its credentials. */
  private static List<String> verdicts(String csi) {
    Attributes status =
        Commands.json(
            bed.jars().asnClient(),
            COMMAND,
            List.of(
                "status",
                "--vault",
                bed.folder().resolve("vault-" + csi.substring(1)).toString(),
                "--json"));
    return ((AttributeValue.Items) status.get("credentials").orElseThrow())
        .values().stream()
            .map(item -> ((AttributeValue.Members) item).attributes())
            .map(one -> one.text("method").orElseThrow() + " " + one.text("verdict").orElseThrow())
            .toList();
  }

  /** The details of an action that has to do with a node, by its CSE-ID or its KpmId. */
  private static List<Attributes> audited(String action, String kpmId) {
    String csi = server.admin().showEnrolee(kpmId).text("csi").orElseThrow();
    return server.admin().audit(AUDITED).stream()
        .filter(entry -> entry.text("action").equals(Optional.of(action)))
        .filter(entry -> namesIn(entry).anyMatch(name -> name.equals(kpmId) || name.endsWith(csi)))
        .map(entry -> entry.members("detail").orElse(Attributes.NONE))
        .toList();
  }

  private static Stream<String> namesIn(Attributes entry) {
    return Stream.concat(
        Stream.of("actor", "subject").flatMap(name -> entry.text(name).stream()),
        entry.members("detail").flatMap(detail -> detail.text("client")).stream());
  }
}
