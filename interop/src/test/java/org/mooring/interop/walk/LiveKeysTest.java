// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.InServer;
import org.mooring.interop.walk.ForeignNode.Credential;

/**
 * The keys that a run of our own client left in its vault: those derived are what a computation
 * from the standard's text gives, and OpenSSL opens sessions with each of them, so that the server
 * holds the same.
 */
@Timeout(120)
class LiveKeysTest {
  private static final String MAF = "maf.sp.example.org";
  private static final String CSE = "id-in.sp.example.org";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static TestBed bed;
  private static InServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
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
  void keysOfTheMafPathAreTheIndependentlyComputedOnes() throws GeneralSecurityException {
    NodeState state = walk("maf");
    byte[] ke = octets(state, Rung.ENROLMENT);
    byte[] km = ForeignNode.usageConstrained(ke, "21", MAF);

    assertThat(octets(state, Rung.MAF)).isEqualTo(km);
    assertOpens(MAF, new Credential(identity(state, Rung.MAF), km));
    assertOpens(
        CSE, new Credential(identity(state, Rung.ASSOCIATION), octets(state, Rung.ASSOCIATION)));
  }

  @Test
  void keysOfTheDirectPathAreTheIndependentlyComputedOnes() throws GeneralSecurityException {
    NodeState state = walk("direct");
    byte[] kpsa = ForeignNode.usageConstrained(octets(state, Rung.ENROLMENT), "22", CSE);

    assertOpens(CSE, new Credential(identity(state, Rung.ENROLMENT), kpsa));
  }

  private static NodeState walk(String path) {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, path);
    try (AsnNode node = bed.startNode(enrolee, server.ports().coaps(), List.of(), List.of())) {
      node.awaitRegistered(PATIENCE);
    }
    return FileVault.in(bed.vaultOf(enrolee)).read().orElseThrow();
  }

  private static byte[] octets(NodeState state, Rung rung) {
    return state.key(rung).map(HeldKey::key).orElseThrow().toByteArray();
  }

  private static String identity(NodeState state, Rung rung) {
    return state.key(rung).map(HeldKey::id).orElseThrow().toString();
  }

  private static void assertOpens(String function, Credential credential) {
    try (OpenSslClient session =
        ForeignNode.connect(server.ports().coaps(), function, credential, ForeignNode.CONNECTION)) {
      assertThat(session.exported()).hasSize(48);
    }
  }
}
