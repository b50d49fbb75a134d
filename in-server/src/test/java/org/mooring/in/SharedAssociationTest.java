// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.in.scenario.AdjustableClock;
import org.mooring.in.scenario.AppOperator;
import org.mooring.in.scenario.ApplicationHost;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** One Ka for several instances on a node (TS-0001 clause 11.2.2), over real sockets. */
@Timeout(120)
class SharedAssociationTest {
  private static final AppId METER = new AppId("Nmeter");
  private static final AppId PUMP = new AppId("Npump");

  @TempDir private Path dataDir;
  private final AdjustableClock clock = new AdjustableClock();
  private RunningServer server;
  private AppOperator operator;
  private ApplicationHost node;

  @BeforeEach
  void start() {
    server =
        givenServer(dataDir).withClock(clock).withEnrolee("node").withEnrolee("other").started();
    operator = new AppOperator(server, clock);
    operator.registers(METER, PUMP);
    node = host("node");
  }

  @AfterEach
  void stop() {
    node.node().close();
    server.close();
  }

  private ApplicationHost host(String name) {
    NodeClient client = server.node(name);
    return new ApplicationHost(
        client, client.authenticated(client.enrolled(KeyUsage.PROVISIONED_FOR_MAF)));
  }

  private PskCredential instance(AppId application, CredentialShare share, String instance) {
    return node.associated(operator.token(application, share, "node"), instance);
  }

  /** What a request in an association is answered that comes from an instance on a node. */
  private ResponseStatusCode answer(SecureEndpoint association, String name, String instance) {
    String from = server.enrolee(name).csi() + "/" + instance;
    return send(association, request(Operation.RETRIEVE, "/id-in/-").from(from).build()).status();
  }

  private void assertServed(SecureEndpoint association, String instance) {
    assertThat(answer(association, "node", instance)).isEqualTo(ResponseStatusCode.OK);
  }

  private void assertStranger(SecureEndpoint association, String instance) {
    assertThat(answer(association, "node", instance))
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
  }

  @Test
  void aKeyIsOneInstancesUnlessItsTokenSaysSomethingElse() {
    SecureEndpoint association = node.atCse(instance(METER, CredentialShare.NONE, "C1"));
    instance(METER, CredentialShare.NODE, "C2");

    assertServed(association, "C1");
    assertStranger(association, "C2");
  }

  @Test
  void instancesOfOneApplicationShareTheAssociationOfAnyOfThem() {
    SecureEndpoint association = node.atCse(instance(METER, CredentialShare.APP, "C1"));
    instance(METER, CredentialShare.APP, "C2");
    instance(PUMP, CredentialShare.NODE, "C3");

    assertServed(association, "C1");
    assertServed(association, "C2");
    assertStranger(association, "C3");
    assertStranger(association, "C4");
  }

  @Test
  void instancesOfSeveralApplicationsOnANodeShareItWhereAllTokensSaySo() {
    SecureEndpoint association = node.atCse(instance(METER, CredentialShare.NODE, "C1"));
    instance(PUMP, CredentialShare.NODE, "C2");
    instance(PUMP, CredentialShare.APP, "C3");

    assertServed(association, "C2");
    assertStranger(association, "C3");
  }

  @Test
  void noInstanceOnAnotherNodeSharesIt() {
    SecureEndpoint association = node.atCse(instance(METER, CredentialShare.NODE, "C1"));
    try (NodeClient other = server.node("other")) {
      ApplicationHost elsewhere =
          new ApplicationHost(
              other, other.authenticated(other.enrolled(KeyUsage.PROVISIONED_FOR_MAF)));
      elsewhere.associated(operator.token(METER, CredentialShare.NODE, "other"), "C2");

      assertThat(answer(association, "other", "C2"))
          .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
    }
  }

  @Test
  void anInstanceThatIsRevokedSpeaksThereNoMoreAndTheOthersDo() {
    SecureEndpoint association = node.atCse(instance(METER, CredentialShare.APP, "C1"));
    instance(METER, CredentialShare.APP, "C2");
    assertServed(association, "C2");

    NodeClient.await(
        operator
            .apps()
            .revokeInstance(
                METER, new AppInstanceId("C2"), server.enrolee("node").csi(), "taken apart"));

    assertStranger(association, "C2");
    assertServed(association, "C1");
  }
}
