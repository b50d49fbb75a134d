// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.asn.usim.CardUsim;
import org.mooring.asn.usim.PcscCard;
import org.mooring.asn.usim.Usim;
import org.mooring.asn.usim.UsimUnavailableException;
import org.mooring.asn.vault.FileVault;
import org.mooring.common.gba.Aka;
import org.mooring.common.gba.AkaNonce;
import org.mooring.common.gba.AuthenticationVector;
import org.mooring.common.gba.Rand;
import org.mooring.common.gba.SequenceNumber;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.PcscDaemon;
import org.mooring.interop.peer.VirtualUsim;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.InServer;

/** A USIM on a card, in a reader that pcscd knows: the key is nowhere but there. */
@Timeout(180)
class CardUsimTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String IMPI = "001010000000001@ims.example.org";

  private final SubscriberKey key = SubscriberKey.random();
  @TempDir private Path folder;
  private PcscDaemon daemon;

  @BeforeEach
  void start() {
    Path pcscd = Peers.require("pcscd with vsmartcard-vpcd", PcscDaemon.startable());
    daemon = PcscDaemon.start(pcscd, folder);
  }

  @AfterEach
  void stop() {
    if (daemon != null) {
      daemon.close();
    }
  }

  @Test
  void aCardAnswersAndKeepsCountOfTheChallenges() throws Exception {
    Usim usim = new CardUsim(new PcscCard(PcscDaemon.READER));
    AuthenticationVector vector = Aka.vector(key, Rand.random(), new SequenceNumber(32));
    AkaNonce challenge = new AkaNonce(vector.rand(), vector.autn());
    VirtualUsim card = VirtualUsim.in(daemon, key);

    // The daemon looks for new cards now and then.
    await()
        .ignoreExceptionsInstanceOf(UsimUnavailableException.class)
        .until(() -> usim.authenticate(notForThisCard()) instanceof Usim.Answer.WrongMac);
    assertThat(usim.authenticate(challenge))
        .isEqualTo(new Usim.Answer.Authenticated(vector.expectedResponse(), vector.sessionKey()));
    assertThat(usim.authenticate(challenge)).isInstanceOf(Usim.Answer.Stale.class);

    card.leaveAtNextCommand();
    assertIsUnavailable(() -> usim.authenticate(challenge));
    card.close();
    assertIsUnavailable(() -> usim.authenticate(challenge));
  }

  private static void assertIsUnavailable(ThrowingCallable use) {
    assertThatThrownBy(use)
        .isInstanceOf(UsimUnavailableException.class)
        .hasMessageStartingWith("usim: ");
  }

  private static AkaNonce notForThisCard() {
    AuthenticationVector foreign =
        Aka.vector(SubscriberKey.random(), Rand.random(), new SequenceNumber(64));
    return new AkaNonce(foreign.rand(), foreign.autn());
  }

  private static String hexOf(SecretKeyBytes secret) {
    return HexFormat.of().formatHex(secret.toByteArray());
  }

  /** It starts before the card is there, and says what it waits for. */
  @Test
  void aNodeRegistersWithACardAndHasNoKeyOfIt() throws Exception {
    try (TestBed bed = TestBed.in(folder.resolve("bed"))) {
      InServer server = bed.startServer(InServer.Settings.WITH_UB);
      var unused =
          server
              .admin()
              .addEnrolee(
                  Attributes.builder()
                      .put("impi", IMPI)
                      .put("usimK", KeyText.hex(key.k()))
                      .put("usimOpc", KeyText.hex(key.opc()))
                      .build());
      AsnNode.Settings settings =
          new AsnNode.Settings(
              folder.resolve("vault"),
              server.ports().coaps(),
              List.of(
                  "--impi",
                  IMPI,
                  "--usim-reader=" + PcscDaemon.READER,
                  "--ub",
                  "coap://127.0.0.1:" + server.ports().ub(),
                  "--mef-fqdn",
                  "mef.sp.example.org"),
              List.of(),
              List.of("--backoff-first", "200ms", "--backoff-max", "1s"));
      try (AsnNode node = AsnNode.start(bed.jars(), settings)) {
        var absent =
            node.await(
                PATIENCE,
                "word of the missing card",
                line ->
                    line.text("event").equals(Optional.of("failed"))
                        && line.text("reason").orElse("").contains("usim: "));
        try (VirtualUsim card = VirtualUsim.in(daemon, key)) {
          node.awaitRegistered(PATIENCE);
        }
        assertThat(node.process().lines())
            .noneMatch(line -> line.contains(hexOf(key.k())) || line.contains(hexOf(key.opc())));
      }
    }

    assertThat(FileVault.in(folder.resolve("vault")).read().orElseThrow().factory().secret())
        .isEmpty();
  }
}
