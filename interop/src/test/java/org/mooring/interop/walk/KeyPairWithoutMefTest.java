// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.peer.LocalApplication;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.peer.RawCoap;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.RawKey;
import org.mooring.interop.relay.DatagramRelay;
import org.mooring.interop.relay.Interceptor;
import org.mooring.interop.relay.RelayedDatagram;

/**
 * Our own node with a certificate or raw public key for the MAF or the CSE itself (TS-0003 clauses
 * 8.8.2.2 and 8.2.2.2). What a MEF would have told it is in the file that the server's command
 * wrote.
 */
@Timeout(120)
class KeyPairWithoutMefTest extends CertificateTest {
  private static final int TRIES = 2;
  private static final int OK = 2000;
  private static final int NOT_REACHABLE = 5103;

  @BeforeAll
  static void start(@TempDir Path folder) {
    start(folder, List.of(MEF, MAF, CSE));
  }

  @Test
  void registersAtTheCseWithItsCertificateAlone() {
    List<String> given = withCertificate("/straight", "direct");

    try (AsnNode node = bed.startNode(settings("/straight", given))) {
      assertThat(node.awaitRegistered(PATIENCE).text("cseId")).contains("/straight");
      assertThat(steps(node)).containsExactly("register-cse");
    }
    try (AsnNode again = bed.startNode(settings("/straight", List.of()))) {
      again.awaitRegistered(PATIENCE);
      assertThat(steps(again)).containsExactly("register-cse");
    }
  }

  @Test
  void getsItsAssociationKeyFromTheMafWithItsCertificate() {
    List<String> given = withCertificate("/by-maf", "maf");

    try (AsnNode node = bed.startNode(settings("/by-maf", given))) {
      Attributes registered = node.awaitRegistered(PATIENCE);
      assertThat(steps(node)).containsExactly("authenticate", "associate", "register-cse");
      assertThat(registered.text("kcId").orElseThrow()).endsWith("@" + MAF);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"maf", "direct"})
  void goesWithARawPublicKeyToWhomItKnowsByTheirs(String path) {
    String csi = "/raw-" + path;
    RawKey key = openssl.rawKey("raw-" + path);
    List<String> given = new ArrayList<>(key.options("--mef-public-key", serverKey().toString()));
    given.addAll(added(csi, path, "rpk", "--public-key", key.publicKey().toString()));

    try (AsnNode node = bed.startNode(settings(csi, given))) {
      assertThat(node.awaitRegistered(PATIENCE).text("cseId")).contains(csi);
      assertThat(steps(node)).doesNotContain("bootstrap").endsWith("register-cse");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"authenticate", "associate"})
  void aNodeThatIsKilledOnItsWayGoesOnFromItsVault(String step) {
    String csi = "/killed-at-" + step;
    try (AsnNode node = bed.startNode(settings(csi, withCertificate(csi, "maf")))) {
      node.await(PATIENCE, step, line -> line.text("step").equals(Optional.of(step)));
      node.kill();
    }

    try (AsnNode again = bed.startNode(settings(csi, List.of()))) {
      assertThat(again.awaitRegistered(PATIENCE).text("cseId")).contains(csi);
      assertThat(steps(again)).doesNotContain("bootstrap", "authenticate");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"maf", "direct"})
  void aNodeWhoseCertificateIsRevokedSaysSoAndWaits(String path) {
    String csi = "/revoked-" + path;
    List<String> given = withCertificate(csi, path);
    pki("pki", "revoke", file(csi.substring(1) + ".crt"), "--reason", "keyCompromise");
    String reason = "the certificate is revoked";

    try (AsnNode node = bed.startNode(settings(csi, given))) {
      Attributes failed =
          node.await(
              PATIENCE, "a refusal", line -> line.text("reason").orElse("").contains("BAD_CERT"));
      assertThat(failed.text("waitingFor").orElseThrow())
          .endsWith("at " + (path.equals("maf") ? MAF : "//sp.example.org/id-in"));
      await().untilAsserted(() -> assertThat(refusalsFor(reason)).isPositive());

      Attributes status = status(csi);
      assertThat(status.text("waitingFor")).isEqualTo(failed.text("waitingFor"));
      assertThat(status.text("reason").orElseThrow()).contains("BAD_CERT");
      assertThat(status.text("nextTry")).isPresent();
      assertThat(node.events()).noneMatch(line -> line.has("startMs"));
    }
  }

  /** The server ends its session at once; the next request finds out why. */
  @Test
  void aRegisteredNodeThatIsRevokedSaysSoAtItsNextRequest() throws IOException {
    List<String> given = withCertificate("/sold", "direct");
    OneM2mMessages messages = new OneM2mMessages("Cdemo", "sold");

    try (AsnNode node = bed.startNode(settings("/sold", given));
        LocalApplication application = new LocalApplication(node.awaitMcaPort())) {
      node.awaitRegistered(PATIENCE);
      application.succeed(
          messages.create("-", 2, "{\"m2m:ae\":{\"api\":\"Ndemo\",\"rr\":false,\"srv\":[\"3\"]}}"),
          "m2m:ae");
      RawCoap before = application.exchange(messages.retrieve("~/id-in/-/sold"));
      assertThat(OneM2mMessages.statusOf(before)).hasValue(OK);

      server.admin().revokeEnrolee(certificateId("/sold"));

      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  OneM2mMessages.statusOf(
                      application.exchange(messages.retrieve("~/id-in/-/sold"))),
              status -> status.equals(OptionalInt.of(NOT_REACHABLE)));
      node.await(
          PATIENCE, "a refusal", line -> line.text("reason").orElse("").contains("BAD_CERT"));
      await()
          .untilAsserted(() -> assertThat(refusalsFor("the credential is revoked")).isPositive());
    }
  }

  /** Whoever keeps the server's certificate from it changes nothing. */
  @Test
  void aNodeThatHearsNothingShowsTheSameCertificateAgain() {
    AtomicBoolean holding = new AtomicBoolean(true);
    Interceptor swallowing =
        datagram ->
            holding.get()
                    && datagram.direction() == RelayedDatagram.Direction.TO_CLIENT
                    && datagram.kind() == RelayedDatagram.Kind.FLIGHT
                ? Interceptor.DROP
                : Interceptor.PASS;
    List<String> given = withCertificate("/held", "direct");
    try (DatagramRelay relay = DatagramRelay.open(server.coapsAddress(), swallowing);
        AsnNode node = bed.startNode(settings("/held", relay.port(), given))) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  node.events().stream()
                          .filter(line -> line.text("event").equals(Optional.of("failed")))
                          .count()
                      >= TRIES);

      holding.set(false);
      node.awaitRegistered(PATIENCE);
      assertThat(steps(node)).containsExactly("register-cse");
    }
  }

  private static String certificateId(String csi) throws IOException {
    return ContentCodec.readAttributes(Serialization.JSON, Files.readAllBytes(factory(csi)))
        .text("certificateId")
        .orElseThrow();
  }

  private static Path factory(String csi) {
    return Path.of(file(csi.substring(1) + ".json"));
  }

  /** Adds a node with a certificate for its CSE-ID; gives the options that it starts with. */
  private static List<String> withCertificate(String csi, String path) {
    String name = csi.substring(1);
    pki("pki", "issue", "--cse-id", csi, "--out", file(name));
    List<String> options =
        new ArrayList<>(AsnNode.withCertificate(Path.of(file(name)), Path.of(file("pki/ca.crt"))));
    options.addAll(added(csi, path, "certificate"));
    return options;
  }

  /** Adds a node; gives the option with what it has to know. */
  private static List<String> added(String csi, String path, String method, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of("enrolee", "add", "--data", bed.data().toString(), "--csi", csi, "--json"));
    command.addAll(List.of("--path", path, "--method", method));
    command.addAll(List.of("--factory-file", factory(csi).toString()));
    command.addAll(List.of(more));
    var unused = Commands.json(bed.jars().inServer(), PATIENCE, command);
    return AsnNode.withFactoryFile(factory(csi));
  }

  private static AsnNode.Settings settings(String csi, List<String> given) {
    return settings(csi, server.ports().coaps(), given);
  }

  private static AsnNode.Settings settings(String csi, int port, List<String> given) {
    return new AsnNode.Settings(vault(csi), port, given, List.of(), List.of());
  }

  private static Path vault(String csi) {
    return bed.folder().resolve("vault-" + csi.substring(1));
  }

  private static Attributes status(String csi) {
    return Commands.json(
        bed.jars().asnClient(),
        PATIENCE,
        List.of("status", "--vault", vault(csi).toString(), "--json"));
  }

  private static List<String> steps(AsnNode node) {
    return node.events().stream().flatMap(line -> line.text("step").stream()).toList();
  }

  private static PublicKeyId serverKey() {
    return PublicKeyId.of(
        CertificateFiles.certificates(Path.of(file("functions.crt"))).get(0).getPublicKey());
  }
}
