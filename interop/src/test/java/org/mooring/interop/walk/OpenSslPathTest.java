// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.process.InServer;
import org.mooring.interop.walk.ForeignNode.Answer;
import org.mooring.interop.walk.ForeignNode.Credential;
import org.mooring.interop.walk.ForeignNode.Exported;

/**
 * {@code openssl s_client} and raw CoAP walk both paths against the server, with keys that OpenSSL
 * exported and the test derived: the server must have come to the same ones, or no handshake with
 * them would succeed.
 */
@Timeout(120)
class OpenSslPathTest {
  private static final String MEF = "mef.sp.example.org";
  private static final String MAF = "maf.sp.example.org";
  private static final String CSE = "id-in.sp.example.org";

  private static TestBed bed;
  private static InServer server;

  @BeforeAll
  static void start(@TempDir java.nio.file.Path folder) {
    Peers.require("openssl", OpenSslClient.program());
    bed = TestBed.in(folder);
    server = bed.startServer();
  }

  @AfterAll
  static void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  @Test
  void walksTheMafPath() throws GeneralSecurityException {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    OneM2mMessages trust = new OneM2mMessages("", "openssl-maf");

    Exported ke;
    Attributes configuration;
    try (OpenSslClient mef = connect(MEF, enrolee.credential(), ForeignNode.BOOTSTRAP)) {
      configuration = bootstrap(mef, trust);
      ke = Exported.of(mef);
      assertThat(configuration.text("path")).contains("maf");
      Answer registered =
          ForeignNode.succeed(mef, ForeignNode.keyRegistration(trust, MEF, 21, MAF), "sec:skr");
      assertExportedHere(registered, ke, MAF);
    }

    byte[] km = ForeignNode.usageConstrained(ke.key(), "21", MAF);
    String registrar = configuration.text("rcsi").orElseThrow();
    Exported kc;
    try (OpenSslClient maf =
        connect(MAF, new Credential(ke.relativeId() + "@" + MEF, km), ForeignNode.CONNECTION)) {
      Answer client =
          ForeignNode.succeed(
              maf, ForeignNode.clientRegistration(trust, MAF, 3, "sec:mafcr"), "sec:mafcr");
      assertThat(client.attributes().text("aski"))
          .hasValueSatisfying(id -> assertThat(id).endsWith("@" + MAF));
      kc = Exported.of(maf);
      Answer registered =
          ForeignNode.succeed(
              maf, ForeignNode.keyRegistration(trust, MAF, 32, registrar), "sec:skr");
      assertExportedHere(registered, kc, registrar);
    }

    registerCse(enrolee, new Credential(kc.relativeId() + "@" + MAF, kc.key()));
  }

  @Test
  void takesTheAssignedKmIdForTheSameKm() throws GeneralSecurityException {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    OneM2mMessages trust = new OneM2mMessages("", "openssl-kmid");
    Exported ke;
    try (OpenSslClient mef = connect(MEF, enrolee.credential(), ForeignNode.BOOTSTRAP)) {
      bootstrap(mef, trust);
      ke = Exported.of(mef);
      ForeignNode.succeed(mef, ForeignNode.keyRegistration(trust, MEF, 21, MAF), "sec:skr");
    }
    byte[] km = ForeignNode.usageConstrained(ke.key(), "21", MAF);
    String kmId;
    try (OpenSslClient maf =
        connect(MAF, new Credential(ke.relativeId() + "@" + MEF, km), ForeignNode.CONNECTION)) {
      kmId =
          ForeignNode.succeed(
                  maf, ForeignNode.clientRegistration(trust, MAF, 3, "sec:mafcr"), "sec:mafcr")
              .attributes()
              .text("aski")
              .orElseThrow();
    }

    try (OpenSslClient again = connect(MAF, new Credential(kmId, km), ForeignNode.CONNECTION)) {
      assertThat(again.exported()).hasSize(48);
    }
  }

  @Test
  void walksTheDirectPath() throws GeneralSecurityException {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "direct");
    OneM2mMessages trust = new OneM2mMessages("", "openssl-direct");

    Exported ke;
    try (OpenSslClient mef = connect(MEF, enrolee.credential(), ForeignNode.BOOTSTRAP)) {
      Attributes configuration = bootstrap(mef, trust);
      ke = Exported.of(mef);
      assertThat(configuration.text("path")).contains("direct");
      String registrar = configuration.text("rcsi").orElseThrow();
      Answer registered =
          ForeignNode.succeed(
              mef, ForeignNode.keyRegistration(trust, MEF, 22, registrar), "sec:skr");
      assertExportedHere(registered, ke, registrar);
    }

    byte[] kpsa = ForeignNode.usageConstrained(ke.key(), "22", CSE);
    registerCse(enrolee, new Credential(ke.relativeId() + "@" + MEF, kpsa));
  }

  private static Attributes bootstrap(OpenSslClient mef, OneM2mMessages trust) {
    assertThat(mef.report()).contains("Extended master secret: yes");
    Attributes configuration =
        ForeignNode.succeed(
                mef, ForeignNode.clientRegistration(trust, MEF, 4, "sec:mefcr"), "sec:mefcr")
            .attributes()
            .members("ccfg")
            .orElseThrow();
    assertThat(configuration.text("mafq")).contains(MAF);
    assertThat(configuration.text("rfq")).contains(CSE);
    return configuration;
  }

  private static void assertExportedHere(Answer registered, Exported exported, String target) {
    assertThat(registered.status()).isEqualTo(2001);
    assertThat(registered.attributes().text("ri"))
        .hasValueSatisfying(id -> assertThat(id).isEqualToIgnoringCase(exported.relativeId()));
    assertThat(ForeignNode.targetsOf(registered)).isEqualTo(List.of(target));
    assertThat(registered.attributes().has("kv")).isFalse();
  }

  private static void registerCse(TestBed.Enrolee enrolee, Credential association) {
    OneM2mMessages messages = new OneM2mMessages(enrolee.csi(), "openssl" + enrolee.csi());
    try (OpenSslClient cse = connect(CSE, association, ForeignNode.CONNECTION)) {
      Answer registered =
          ForeignNode.succeed(
              cse, ForeignNode.cseRegistration(messages, "/id-in", enrolee.csi()), "m2m:csr");
      assertThat(registered.status()).isEqualTo(2001);
      assertThat(registered.attributes().text("csi")).contains(enrolee.csi());
    }
  }

  private static OpenSslClient connect(String function, Credential credential, String label) {
    return ForeignNode.connect(server.ports().coaps(), function, credential, label);
  }
}
