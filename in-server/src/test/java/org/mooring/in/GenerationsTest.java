// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.NodeClient.session;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.HandshakeFailedException;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** A node enrols again while its enrolment lives (design section 3, generations). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenerationsTest {
  private final RunningServer server;

  GenerationsTest(@TempDir Path dataDir) {
    server =
        givenServer(dataDir)
            .withEnrolee("node")
            .withEnrolee("lost")
            .withEnrolee("pending")
            .withEnrolee("leaving")
            .started();
  }

  @AfterAll
  void tearDown() {
    server.close();
  }

  @Test
  void theOldAssociationLivesOnUntilTheNewGenerationIsUsedAndBeyond() {
    try (NodeClient node = server.node("node")) {
      NodeClient.Ladder old = node.climbed();
      SecureEndpoint association = node.atCse(old.kc());
      register(node, association);
      SecureSession standing = session(association);
      assertThat(status(node, old.km())).isEqualTo("current");
      assertThat(status(node, old.ke())).isEqualTo("superseded");

      PskCredential ke = node.enrolled(KeyUsage.PROVISIONED_FOR_MAF);
      assertThat(server.hasAudited(AuditAction.RE_ENROLLED, node.enrolee().csi().value())).isTrue();
      assertThat(status(node, ke)).isEqualTo("pending");
      assertThat(status(node, old.km())).as("a look-up changes nothing").isEqualTo("current");
      assertServed(node, association);

      PskCredential km = node.authenticated(ke);
      assertThat(status(node, ke)).isEqualTo("current");
      assertThat(status(node, km)).isEqualTo("pending");
      assertThat(status(node, old.km())).isEqualTo("superseded");
      assertOpensNothing(node, old.km());

      PskCredential kc = node.associated(km);
      assertThat(status(node, km)).isEqualTo("current");
      assertThat(status(node, ke)).isEqualTo("superseded");
      assertServed(node, association);
      assertThat(session(association)).isSameAs(standing);

      SecureEndpoint next = node.atCse(kc);
      assertServed(node, next);
      assertThat(status(node, kc)).isEqualTo("current");
      assertThat(status(node, old.kc())).isEqualTo("superseded");
      assertServed(node, association);
      assertThat(session(association)).as("what a generation opened lives on").isSameAs(standing);
    }
  }

  @Test
  void theEnrolmentKeyStaysUsableUntilTheMasterCredentialWasUsedOnce() {
    try (NodeClient node = server.node("lost")) {
      PskCredential ke = node.enrolled(KeyUsage.PROVISIONED_FOR_MAF);
      PskCredential km = node.authenticated(ke);

      PskCredential again = node.authenticated(ke);
      assertThat(again.identity()).as("one KmId for one KeId").isEqualTo(km.identity());
      session(node.atMaf(km));
      assertThat(node.authenticated(ke).identity())
          .as("a handshake alone uses nothing")
          .isEqualTo(km.identity());

      node.register(node.atMaf(km), MAF);
      assertOpensNothing(node, ke);
    }
  }

  @Test
  void aNewerPendingGenerationReplacesAnOlderPendingOne() {
    try (NodeClient node = server.node("pending")) {
      PskCredential first = node.enrolled(KeyUsage.PROVISIONED_FOR_MAF);
      PskCredential second = node.enrolled(KeyUsage.PROVISIONED_FOR_MAF);

      assertThat(server.credentials(node.enrolee()))
          .doesNotContainKey(first.identity().toString())
          .containsEntry(second.identity().toString(), "pending");
      assertOpensNothing(node, first);
      node.register(node.atMaf(second), MAF);
    }
  }

  @Test
  void anEnrolmentKeyThatItsNodeGivesUpIsGoneUnderItsMasterCredentialsNameToo() {
    try (NodeClient node = server.node("leaving")) {
      PskCredential ke = node.enrolled(KeyUsage.PROVISIONED_FOR_MAF);
      PskCredential km = node.authenticated(ke);
      node.register(node.atMaf(km), MAF);
      SecureEndpoint mef = node.atMef();
      String address = TrustResourceNames.below(MEF, ke.identity().relative());

      ResponsePrimitive answer = send(mef, request(Operation.DELETE, address).build());

      assertThat(answer.status()).isEqualTo(ResponseStatusCode.DELETED);
      assertOpensNothing(node, km);
    }
  }

  private String status(NodeClient node, PskCredential credential) {
    return server
        .credentials(node.enrolee())
        .getOrDefault(credential.identity().toString(), "unknown");
  }

  private static void register(NodeClient node, SecureEndpoint cse) {
    assertThat(send(cse, node.registration(node.remoteCse()).build()).status())
        .isEqualTo(ResponseStatusCode.CREATED);
  }

  private static void assertServed(NodeClient node, SecureEndpoint cse) {
    String csi = node.enrolee().csi().value();
    ResponsePrimitive answer =
        send(
            cse,
            request(Operation.RETRIEVE, "/id-in/-/" + node.enrolee().csi().stem())
                .from(csi)
                .build());
    assertThat(answer.status()).isEqualTo(ResponseStatusCode.OK);
  }

  private static void assertOpensNothing(NodeClient node, PskCredential credential) {
    assertThat(node.atMaf(credential).connect().toCompletableFuture())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(HandshakeFailedException.class);
  }
}
