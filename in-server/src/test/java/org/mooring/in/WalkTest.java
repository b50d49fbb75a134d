// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** One node from its factory key to a value in a container, over real sockets. */
class WalkTest {
  @TempDir private Path dataDir;

  @Test
  void aNodeWalksThroughTheMafToAValueItReadsBack() {
    try (RunningServer server = givenServer(dataDir).withEnrolee("node").started();
        NodeClient node = server.node("node")) {
      assertThatItPublishes(node, node.atCse(node.associated()));
    }
  }

  @Test
  void aNodeWalksDirectlyToAValueItReadsBack() {
    try (RunningServer server = givenServer(dataDir).withDirectEnrolee("node").started();
        NodeClient node = server.node("node")) {
      PskCredential kpsa = node.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION);
      assertThatItPublishes(node, node.atCse(kpsa));
    }
  }

  private static void assertThatItPublishes(NodeClient node, SecureEndpoint cse) {
    String csi = node.enrolee().csi().value();
    ResponsePrimitive registered = send(cse, node.registration(node.remoteCse()).build());
    assertThat(registered.status()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(attributes(registered).text("csi")).contains(csi);

    String remoteCse = "/id-in/-/" + node.enrolee().csi().stem();
    ResponsePrimitive container =
        send(
            cse,
            NodeClient.create(remoteCse, CseResources.CONTAINER.code())
                .from(csi)
                .content(
                    Representation.of(
                        CseResources.CONTAINER.root(),
                        Attributes.builder().put("rn", "data").build()))
                .build());
    assertThat(container.status()).isEqualTo(ResponseStatusCode.CREATED);
    ResponsePrimitive value =
        send(
            cse,
            NodeClient.create(remoteCse + "/data", CseResources.CONTENT_INSTANCE.code())
                .from(csi + "/Csensor")
                .content(
                    Representation.of(
                        CseResources.CONTENT_INSTANCE.root(),
                        Attributes.builder().put("con", "21.5").build()))
                .build());
    assertThat(value.status()).isEqualTo(ResponseStatusCode.CREATED);
    ResponsePrimitive read =
        send(cse, request(Operation.RETRIEVE, remoteCse + "/data/la").from(csi).build());
    assertThat(read.status()).isEqualTo(ResponseStatusCode.OK);
    assertThat(attributes(read).text("con")).contains("21.5");
  }
}
