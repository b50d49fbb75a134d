// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.identifier.AppId;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.admin.AppAdmin;
import org.mooring.in.scenario.AdjustableClock;
import org.mooring.in.scenario.AppOperator;
import org.mooring.in.scenario.ApplicationHost;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** A server with applications, and a node that runs instances of them. */
abstract class ApplicationScenario {
  static final AppId METER = new AppId("Nmeter");
  static final AppId PUMP = new AppId("Npump");
  static final AppId VALVE = new AppId("Nvalve");
  static final Duration AT_ONCE = Duration.ofSeconds(1);

  @TempDir protected Path dataDir;
  final AdjustableClock clock = new AdjustableClock();
  RunningServer server;
  AppOperator operator;
  ApplicationHost node;

  @BeforeEach
  void start() {
    server =
        givenServer(dataDir).withClock(clock).withEnrolee("node").withEnrolee("other").started();
    operator = new AppOperator(server, clock);
    operator.registers(METER, PUMP, VALVE);
    node = host("node");
  }

  @AfterEach
  void stop() {
    node.node().close();
    server.close();
  }

  AppAdmin apps() {
    return operator.apps();
  }

  ApplicationHost host(String name) {
    NodeClient client = server.node(name);
    return new ApplicationHost(
        client, client.authenticated(client.enrolled(KeyUsage.PROVISIONED_FOR_MAF)));
  }

  ApplicationToken token(AppId application, String... nodes) {
    return operator.token(application, nodes);
  }

  String aeId(String node, String instance) {
    return server.enrolee(node).absoluteCsi() + "/" + instance;
  }

  static RequestPrimitive at(Operation operation, PskCredential ka) {
    return request(operation, TrustResourceNames.below(MAF, ka.identity().relative())).build();
  }
}
