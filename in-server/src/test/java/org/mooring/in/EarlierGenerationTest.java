// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.await;
import static org.mooring.in.scenario.NodeClient.keyRegistration;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** What whoever holds an earlier generation's key can do after the node enrolled anew. */
class EarlierGenerationTest {
  @TempDir private Path dataDir;

  @Test
  void aSessionOfASupersededKeyRegistersNoKeyThatWouldDisplaceTheCurrentOne() {
    try (RunningServer server = givenServer(dataDir).withEnrolee("node").started();
        NodeClient node = server.node("node")) {
      PskCredential earlier = node.authenticated(node.enrolled(KeyUsage.PROVISIONED_FOR_MAF));
      RequestPrimitive keyRegistration =
          keyRegistration(
              RunningServer.MAF,
              KeyUsage.DISTRIBUTED_FOR_ASSOCIATION,
              RunningServer.IN_CSE.value());
      SecureEndpoint heldOn = node.atMaf(earlier);
      assertThat(send(heldOn, request(Operation.RETRIEVE, "maf").build()).status())
          .isEqualTo(ResponseStatusCode.OK);

      node.associated(node.authenticated(node.enrolled(KeyUsage.PROVISIONED_FOR_MAF)));

      assertThat(send(heldOn, keyRegistration).status())
          .isEqualTo(ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED);
      await(heldOn.resume());
      assertThat(send(heldOn, keyRegistration).status())
          .isEqualTo(ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED);
    }
  }
}
