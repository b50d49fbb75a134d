// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.peer.PeerFailedException;
import org.mooring.interop.process.InServer;
import org.mooring.interop.walk.ForeignNode.Credential;
import org.mooring.interop.walk.ForeignNode.Exported;

/**
 * A credential's end ends the live sessions it opened and all that was derived from it, at once.
 */
@Timeout(120)
class RevocationTest {
  private static final String MEF = "mef.sp.example.org";
  private static final String MAF = "maf.sp.example.org";
  private static final String CSE = "id-in.sp.example.org";
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final Duration MARGIN = Duration.ofMillis(1_500);
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private TestBed bed;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    Peers.require("openssl", OpenSslClient.program());
    bed = TestBed.in(folder);
  }

  @AfterEach
  void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  /**
   * The credentials of a node on the {@code maf} path.
   *
   * @param end of Kc
   */
  private record Ladder(Credential kpm, Credential km, Credential kc, Instant end, String csi) {}

  @Test
  void revokingAnEnroleeEndsItsSessionsAndItsKeys() throws GeneralSecurityException {
    InServer server = bed.startServer();
    Ladder ladder = climb(server);
    try (OpenSslClient mef = connect(server, MEF, ladder.kpm());
        OpenSslClient maf = connect(server, MAF, ladder.km());
        OpenSslClient cse = connect(server, CSE, ladder.kc())) {
      assertThat(answers(cse, ladder)).isTrue();
      assertThat(List.of(mef, maf, cse)).allMatch(OpenSslClient::isOpen);

      server.admin().revokeEnrolee(ladder.kpm().identity());

      assertThat(cse.endsWithin(AT_ONCE)).as("session with the CSE ends").isTrue();
      assertThat(maf.endsWithin(AT_ONCE)).as("session with the MAF ends").isTrue();
      assertThat(mef.endsWithin(AT_ONCE)).as("session with the MEF ends").isTrue();
    }
    assertOpensNothing(server, CSE, ladder.kc());
    assertOpensNothing(server, MAF, ladder.km());
    assertOpensNothing(server, MEF, ladder.kpm());
  }

  @Test
  void revokingAKeyEndsWhatCameFromItAndNothingElse() throws GeneralSecurityException {
    InServer server = bed.startServer();
    Ladder ladder = climb(server);
    try (OpenSslClient cse = connect(server, CSE, ladder.kc())) {
      server.admin().revokeKey(ladder.kc().identity());

      assertThat(cse.endsWithin(AT_ONCE)).isTrue();
    }
    assertOpensNothing(server, CSE, ladder.kc());
    try (OpenSslClient maf = connect(server, MAF, ladder.km())) {
      assertThat(maf.exported()).isNotEmpty();
    }
  }

  @Test
  void closesASessionWhenItsCredentialExpires() throws GeneralSecurityException {
    Duration life = Duration.ofSeconds(5);
    InServer server =
        bed.startServer(
            new InServer.Settings(List.of(), List.of("--kc-lifetime", life.toSeconds() + "s")));
    Ladder ladder = climb(server);
    try (OpenSslClient cse = connect(server, CSE, ladder.kc())) {
      assertThat(answers(cse, ladder)).as("alive before its credential's end").isTrue();
      assertThat(cse.endsWithin(untilShortlyBefore(ladder))).as("closed early").isFalse();

      assertThat(cse.endsWithin(MARGIN.plus(AT_ONCE))).as("closed at its end").isTrue();
    }
    assertOpensNothing(server, CSE, ladder.kc());
  }

  private static Duration untilShortlyBefore(Ladder ladder) {
    return Duration.between(Instant.now(), ladder.end().minus(MARGIN));
  }

  private Ladder climb(InServer server) throws GeneralSecurityException {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    OneM2mMessages trust = new OneM2mMessages("", "climb");
    Exported ke;
    String registrar;
    try (OpenSslClient mef = connect(server, MEF, enrolee.credential())) {
      Attributes registration =
          ForeignNode.succeed(
                  mef, ForeignNode.clientRegistration(trust, MEF, 4, "sec:mefcr"), "sec:mefcr")
              .attributes();
      registrar = registration.members("ccfg").orElseThrow().text("rcsi").orElseThrow();
      ke = Exported.of(mef);
      ForeignNode.succeed(mef, ForeignNode.keyRegistration(trust, MEF, 21, MAF), "sec:skr");
    }
    Credential km =
        new Credential(
            ke.relativeId() + "@" + MEF, ForeignNode.usageConstrained(ke.key(), "21", MAF));
    try (OpenSslClient maf =
        ForeignNode.connect(server.ports().coaps(), MAF, km, ForeignNode.CONNECTION)) {
      ForeignNode.succeed(
          maf, ForeignNode.clientRegistration(trust, MAF, 3, "sec:mafcr"), "sec:mafcr");
      Exported kc = Exported.of(maf);
      Attributes association =
          ForeignNode.succeed(
                  maf, ForeignNode.keyRegistration(trust, MAF, 32, registrar), "sec:skr")
              .attributes();
      return new Ladder(
          enrolee.credential(),
          km,
          new Credential(kc.relativeId() + "@" + MAF, kc.key()),
          association.timestamp("et").orElseThrow(),
          enrolee.csi());
    }
  }

  private static boolean answers(OpenSslClient cse, Ladder ladder) {
    OneM2mMessages messages = new OneM2mMessages(ladder.csi(), "alive");
    return ForeignNode.succeed(
                cse, ForeignNode.cseRegistration(messages, "/id-in", ladder.csi()), "m2m:csr")
            .status()
        == 2001;
  }

  private static OpenSslClient connect(InServer server, String function, Credential credential) {
    String label = function.equals(MEF) ? ForeignNode.BOOTSTRAP : ForeignNode.CONNECTION;
    return ForeignNode.connect(server.ports().coaps(), function, credential, label);
  }

  private static void assertOpensNothing(InServer server, String function, Credential credential) {
    OpenSslClient.Settings settings =
        new OpenSslClient.Settings(
            server.ports().coaps(),
            function,
            credential.identity(),
            credential.key(),
            ForeignNode.CONNECTION);
    assertThatThrownBy(() -> OpenSslClient.connect(settings, SILENCE))
        .isInstanceOf(PeerFailedException.class);
  }
}
