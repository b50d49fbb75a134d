// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.asn.ApplicationSession;
import org.mooring.asn.Backoff;
import org.mooring.asn.Node;
import org.mooring.asn.NodeListener;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.Vault;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.dtls.EndpointCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.in.scenario.AppOperator;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** Applications on a node that runs by itself, over real sockets. */
@Timeout(120)
class ApplicationsOnNodeTest {
  private static final AppId METER = new AppId("Nmeter");
  private static final AppInstanceId C1 = new AppInstanceId("C1");
  private static final AppInstanceId C2 = new AppInstanceId("C2");

  @TempDir private Path dataDir;
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
  private RunningServer server;
  private AppOperator operator;
  private Firewall firewall;
  private Node node;

  @BeforeEach
  void start() throws SocketException {
    server = givenServer(dataDir).withEnrolee("node").started();
    operator = new AppOperator(server, InstantSource.system());
    operator.registers(METER);
    firewall = new Firewall();
    RunningServer.Enrolee enrolee = server.enrolee("node");
    BootstrapCredential factory =
        new BootstrapCredential(
            enrolee.id(), enrolee.key(), MEF, "127.0.0.1", server.coaps().getPort());
    node =
        new Node(
            firewall,
            new StateKeeper(new NoVault(), NodeState.factory(factory)),
            InstantSource.system(),
            Backoff.DEFAULT,
            scheduler,
            NodeListener.NONE);
    node.start();
    var unused = NodeClient.await(node.registered());
  }

  @AfterEach
  void stop() {
    node.close();
    firewall.close();
    scheduler.shutdownNow();
    server.close();
  }

  /** Its node is not restarted here. */
  private static final class NoVault implements Vault {
    @Override
    public Optional<NodeState> read() {
      return Optional.empty();
    }

    @Override
    public void write(NodeState state) {}
  }

  /** Between the node and the server; it can keep datagrams for the MAF to itself. */
  private static final class Firewall implements SecureEndpointFactory {
    private final SecureEndpointFactory endpoints =
        DtlsEndpointFactory.create(RunningServer.TIMERS);
    private final DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private volatile boolean isShut;

    Firewall() throws SocketException {}

    void shut(boolean shut) {
      isShut = shut;
    }

    @Override
    public SecureEndpoint open(
        InetSocketAddress server, Fqdn function, EndpointCredential credential) {
      InetSocketAddress reached =
          isShut && function.equals(MAF)
              ? new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.getLocalPort())
              : server;
      return endpoints.open(reached, function, credential);
    }

    @Override
    public void close() {
      endpoints.close();
      silent.close();
    }
  }

  private AppInstance installed(ApplicationToken token, AppInstanceId id) {
    return NodeClient.await(node.applications().install(token, id));
  }

  private ApplicationSession open(AppInstanceId id) {
    return NodeClient.await(node.applications().open(id));
  }

  private static ResponseStatusCode asked(ApplicationSession session) {
    RequestPrimitive request =
        RequestPrimitive.builder(Operation.RETRIEVE, "/id-in/-", "1")
            .from(session.ae().value())
            .build();
    return NodeClient.await(session.send(request)).status();
  }

  @Test
  void aNodeThatTheMafDoesNotAnswerHasItsApplicationsAssociatedThroughTheInCse() {
    firewall.shut(true);
    AppInstance instance = installed(operator.token(METER, "node"), C1);
    assertThat(instance.key()).isPresent();

    firewall.shut(false);
    try (ApplicationSession session = open(C1)) {
      assertThat(asked(session)).isEqualTo(ResponseStatusCode.OK);
    }
    assertThat(NodeClient.await(server.in().admin().audit(20)))
        .filteredOn(entry -> entry.text("action").equals(Optional.of("APP_KEY_DERIVED")))
        .singleElement()
        .extracting(entry -> entry.text("actor").orElseThrow())
        .isEqualTo(node.state().key(Rung.ASSOCIATION).orElseThrow().id().toString());
  }

  @Test
  void whatAnApplicationOpenedMovesToTheKeyOfItsNextToken() {
    KeyIdentifier before = installed(operator.token(METER, "node"), C1).key().orElseThrow().id();
    try (ApplicationSession session = open(C1)) {
      assertThat(asked(session)).isEqualTo(ResponseStatusCode.OK);

      assertThat(installed(operator.token(METER, "node"), C1).setback()).isEmpty();

      await()
          .until(
              () -> {
                assertThat(asked(session)).isEqualTo(ResponseStatusCode.OK);
                return keysTakenIntoUse() == 4;
              });
      var unused = NodeClient.await(server.in().admin().revokeKey(before, "compromised"));
      assertThat(asked(session)).isEqualTo(ResponseStatusCode.OK);
    }
  }

  /** A Ka and a Kc for each association of the instance. */
  private long keysTakenIntoUse() {
    return NodeClient.await(server.in().admin().audit(100)).stream()
        .filter(entry -> entry.text("action").equals(Optional.of("CREDENTIAL_CURRENT")))
        .filter(entry -> entry.text("subject").orElseThrow().contains("/C1 "))
        .count();
  }

  @Test
  void instancesThatShareStandOnOneAssociationAndGoOnWithoutTheOneThatOpenedIt() {
    ApplicationToken token = operator.token(METER, CredentialShare.APP, "node");
    for (AppInstanceId id : List.of(C1, C2)) {
      assertThat(installed(token, id).setback()).isEmpty();
    }
    try (ApplicationSession first = open(C1)) {
      long sessions = server.sessions();
      try (ApplicationSession second = open(C2)) {
        assertThat(server.sessions()).isEqualTo(sessions);
        assertThat(asked(first)).isEqualTo(ResponseStatusCode.OK);
        assertThat(asked(second)).isEqualTo(ResponseStatusCode.OK);

        node.applications().remove(C1);

        await().until(() -> node.applications().all().size() == 1);
        await().until(() -> asked(second) == ResponseStatusCode.OK);
        await().until(() -> asked(first) == ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
      }
    }
  }
}
