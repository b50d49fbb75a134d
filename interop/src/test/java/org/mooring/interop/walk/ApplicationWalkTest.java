// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.common.key.ReferenceHmac.hmac;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.peer.PeerFailedException;
import org.mooring.interop.peer.Tshark;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;
import org.mooring.interop.relay.Capture;
import org.mooring.interop.relay.DatagramRelay;
import org.mooring.interop.walk.ForeignNode.Credential;

/**
 * An application from its token to a session of its own, by the commands that a user types, over a
 * relay that keeps what passes: the token's secret, Km and Ka do not.
 */
@Timeout(120)
class ApplicationWalkTest {
  private static final String MAF = "maf.sp.example.org";
  private static final String APPLICATION = "Nmeter";
  private static final String INSTANCE = "Cmeter";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A server says nothing to an identity that it does not know. */
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private Tshark tshark;
  private TestBed bed;
  private InServer server;

  @BeforeEach
  void start(@TempDir Path folder) {
    Peers.require("openssl", OpenSslClient.program());
    tshark = Peers.require("tshark", Tshark.installed());
    bed = TestBed.in(folder);
    server = bed.startServer();
  }

  @AfterEach
  void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  @Test
  void anInstanceGetsItsKeyAndTheSecretOfItsTokenPassesNowhere() throws IOException {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    ApplicationToken token = installed(enrolee);
    Capture capture = new Capture();

    try (DatagramRelay relay = DatagramRelay.open(serverAddress(), capture);
        AsnNode node = bed.startNode(enrolee, relay.port(), List.of(), List.of())) {
      node.await(
          PATIENCE,
          "the application's association",
          line -> line.text("state").equals(Optional.of("associated")));
      node.awaitRegistered(PATIENCE);
    }

    NodeState state = FileVault.in(bed.vaultOf(enrolee)).read().orElseThrow();
    byte[] km = state.key(Rung.MAF).orElseThrow().key().toByteArray();
    Attributes handedOver = keyOf(enrolee);
    String kaId = handedOver.text("kaId").orElseThrow();
    byte[] ka =
        HexFormat.of()
            .parseHex(Files.readString(Path.of(handedOver.text("file").orElseThrow())).strip());
    assertThat(ka).isEqualTo(computed(token.secret().toByteArray(), km, kaId));
    try (OpenSslClient session = opened(new Credential(kaId, ka), PATIENCE)) {
      assertThat(session.exported()).hasSize(48);
    }
    assertPassedUnseen(capture, km, List.of(token.secret().toByteArray(), km, ka));

    inServer("app", "revoke", APPLICATION);
    assertThatThrownBy(() -> opened(new Credential(kaId, ka), SILENCE))
        .isInstanceOf(PeerFailedException.class);
  }

  /** Registers the application, and installs an instance on the node before that ever started. */
  private ApplicationToken installed(TestBed.Enrolee enrolee) throws IOException {
    Path file = bed.folder().resolve("meter.jws");
    inServer("app", "register", APPLICATION);
    inServer(
        "app", "token", APPLICATION, "--node", enrolee.csi(), "--until", "90d", "--out", "" + file);
    Attributes waits = client(enrolee, "add", file.toString(), "--instance", INSTANCE);
    assertThat(waits.text("state")).contains("waiting");
    return ApplicationToken.read(Files.readString(file));
  }

  private Attributes keyOf(TestBed.Enrolee enrolee) {
    Path file = bed.folder().resolve("meter.key");
    return client(enrolee, "key", INSTANCE, "--out", file.toString());
  }

  /** In the MAF's sessions all is read that was said there, so it would be seen. */
  private void assertPassedUnseen(Capture capture, byte[] km, List<byte[]> secrets)
      throws IOException {
    Path file = bed.folder().resolve("walk.pcap");
    capture.writeTo(file);
    List<byte[]> said = tshark.decrypted(file, Capture.SERVER_PORT, SecretKeyBytes.copyOf(km));
    assertThat(said).anyMatch(record -> KeyForms.contains(record, APPLICATION.getBytes(US_ASCII)));
    List<byte[]> all = new ArrayList<>(said);
    all.add(Files.readAllBytes(file));
    for (byte[] secret : secrets) {
      KeyForms.of(secret)
          .forEach(
              (form, octets) ->
                  assertThat(all).as(form).noneMatch(sent -> KeyForms.contains(sent, octets)));
    }
  }

  /** Ka as the design has it (section 3), by another computation than the product's. */
  private static byte[] computed(byte[] tokenSecret, byte[] km, String kaId) {
    String instance = "mooring app instance v1\0" + APPLICATION + "\0" + INSTANCE;
    byte[] a = hmac(tokenSecret, instance.getBytes(US_ASCII));
    byte[] relative = HexFormat.of().parseHex(kaId.substring(0, kaId.indexOf('@')));
    return hmac(km, "mooring application key v1\0".getBytes(US_ASCII), a, relative);
  }

  private OpenSslClient opened(Credential credential, Duration patience) {
    return OpenSslClient.connect(
        new OpenSslClient.Settings(
            server.ports().coaps(),
            MAF,
            credential.identity(),
            credential.key(),
            ForeignNode.CONNECTION),
        patience);
  }

  private InetSocketAddress serverAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.ports().coaps());
  }

  private void inServer(String... arguments) {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addAll(List.of("--json", "--data", bed.data().toString()));
    var unused = Commands.json(bed.jars().inServer(), PATIENCE, command);
  }

  private Attributes client(TestBed.Enrolee enrolee, String... arguments) {
    List<String> command = new ArrayList<>(List.of("app"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--json", "--vault", bed.vaultOf(enrolee).toString()));
    return Commands.json(bed.jars().asnClient(), PATIENCE, command);
  }
}
