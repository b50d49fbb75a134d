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

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.mef.FactoryKey;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** Nodes that share a key with the MAF or the CSE from the factory on, over the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreProvisionedTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final KeyIdentifier KPSA_ID = KeyIdentifier.parse("test@onem2m.com");

  private final RunningServer server;

  PreProvisionedTest(@TempDir Path dataDir) {
    server = givenServer(dataDir).started();
  }

  @AfterAll
  void tearDown() {
    server.close();
  }

  private NodeClient withKm(String name) {
    return server.preProvisioned(FactoryKey.KM, new KeyIdentifier(name, MAF));
  }

  /** TS-0003 clause 8.8.2.3: the KmId that opened the session stays the assigned one. */
  @Test
  void aKmRegistersWithTheMafAndGetsAnAssociation() {
    try (NodeClient node = withKm("pump")) {
      PskCredential km = node.enrolee().credential();

      PskCredential confirmed = node.authenticated(km);
      PskCredential kc = node.associated(confirmed);

      assertThat(confirmed.identity()).isEqualTo(km.identity());
      assertThat(send(node.atCse(kc), node.registration(node.remoteCse()).build()).status())
          .isEqualTo(ResponseStatusCode.CREATED);
    }
  }

  /** TS-0003 clause 10.6: the left part of a KmId is not case-sensitive. */
  @Test
  void theKmIdIsKnownInAnyCase() {
    try (NodeClient node = withKm("Valve-7")) {
      for (String name : new String[] {"valve-7", "VALVE-7", "Valve-7"}) {
        PskCredential shown = new PskCredential(new KeyIdentifier(name, MAF), node.enrolee().key());
        assertThat(
                attributes(node.register(node.atMaf(shown), MAF))
                    .text(TrustResourceNames.ASSIGNED_KEY_ID)
                    .map(id -> id.toLowerCase(Locale.ROOT)))
            .contains("valve-7@maf.sp.example.org");
      }
    }
  }

  @Test
  void aSessionUnderAnotherCaseEndsWithTheKeyToo() {
    try (NodeClient node = withKm("Relay-9")) {
      // Those of the tests before take leave when they like.
      await().until(() -> server.sessions() == 0);
      PskCredential shown =
          new PskCredential(new KeyIdentifier("RELAY-9", MAF), node.enrolee().key());
      NodeClient.session(node.atMaf(shown));
      await().until(() -> server.sessions() == 1);

      NodeClient.await(server.in().admin().revokeEnrolee(node.enrolee().id(), "lost"));

      await().atMost(AT_ONCE).until(() -> server.sessions() == 0);
    }
  }

  /** TS-0003 clauses 8.2.2.1 and 10.5: any stakeholder may have issued the KpsaId. */
  @Test
  void aKpsaIsTheAssociation() {
    try (NodeClient node = server.preProvisioned(FactoryKey.KPSA, KPSA_ID)) {
      SecureEndpoint cse = node.atCse(node.enrolee().credential());

      assertThat(send(cse, node.registration(node.remoteCse()).build()).status())
          .isEqualTo(ResponseStatusCode.CREATED);

      NodeClient.await(server.in().admin().revokeEnrolee(KPSA_ID, "sold"));
      await()
          .atMost(AT_ONCE)
          .until(() -> server.credentials(node.enrolee()).containsValue("revoked"));
      assertThatThrownBy(() -> NodeClient.session(node.atCse(node.enrolee().credential())))
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void theKeyOpensNoOtherFunctionAndNoOtherKeyOpensIts() {
    try (NodeClient node = withKm("meter")) {
      PskCredential km = node.enrolee().credential();
      for (Fqdn other : new Fqdn[] {MEF, CSE}) {
        assertThatThrownBy(() -> NodeClient.session(node.at(other, km)))
            .isInstanceOf(RuntimeException.class);
      }
      PskCredential guessed = new PskCredential(km.identity(), SecretKeyBytes.random());
      assertThatThrownBy(() -> NodeClient.session(node.atMaf(guessed)))
          .isInstanceOf(RuntimeException.class);
      assertThat(server.handshakeFailures(km.identity().toString()))
          .containsExactly(
              "the server name is that of another function",
              "the server name is that of another function",
              "the client's Finished was made with another key");
    }
  }

  @Test
  void revokingTheKmRevokesTheAssociationAndTheNode() {
    try (NodeClient node = withKm("lamp")) {
      PskCredential kc = node.associated(node.authenticated(node.enrolee().credential()));
      NodeClient.session(node.atCse(kc));

      NodeClient.await(server.in().admin().revokeKey(node.enrolee().id(), "leaked"));

      await()
          .atMost(AT_ONCE)
          .untilAsserted(
              () ->
                  assertThat(server.credentials(node.enrolee()).values()).containsOnly("revoked"));
      assertThat(
              NodeClient.await(server.in().admin().showEnrolee(node.enrolee().id())).text("status"))
          .contains("revoked");
    }
  }
}
