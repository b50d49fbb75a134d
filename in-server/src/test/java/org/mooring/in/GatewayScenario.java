// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.asn.Backoff;
import org.mooring.asn.Node;
import org.mooring.asn.NodeListener;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.mca.McaService;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.in.scenario.AdjustableClock;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.RunningServer.Enrolee;

/** An MN-CSE between a node and the IN-CSE: three parties over real sockets. */
abstract class GatewayScenario {
  static final Fqdn MN = new Fqdn("mn-1.sp.example.org");
  static final Duration PATIENCE = Duration.ofSeconds(20);

  final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
  final AdjustableClock clock = new AdjustableClock();
  final DtlsEndpointFactory endpoints = DtlsEndpointFactory.create(RunningServer.TIMERS);
  @TempDir private Path folder;
  RunningServer in;
  GatewayServer gateway;
  Enrolee pump;
  Node node;

  @BeforeEach
  void aNodeBehindAGateway() {
    in = givenServer(folder.resolve("in")).withDirectEnrolee("beside").started();
    Enrolee own = in.enrolled("gw", Attributes.builder().put("csi", "/mn-1").build());
    gateway = gateway(0, Optional.of(credential(own)));
    pump = in.enrolled("pump", belowTheGateway());
    node = started(pump, "vault");
  }

  Attributes belowTheGateway() {
    return Attributes.builder()
        .put("registrar", "/mn-1")
        .put("registrarPoa", "coaps://127.0.0.1:" + gateway.ports().coaps())
        .build();
  }

  Node started(Enrolee enrolee, String vault) {
    StateKeeper keeper =
        new StateKeeper(
            FileVault.in(folder.resolve(vault)), NodeState.factory(credential(enrolee)));
    Node made =
        new Node(
            endpoints,
            keeper,
            InstantSource.system(),
            new Backoff(Duration.ofMillis(100), Duration.ofMillis(500)),
            scheduler,
            NodeListener.NONE);
    made.serve(
        new McaService(
                () -> keeper,
                new ServerClock(InstantSource.system(), new Random(1)),
                made,
                made::associationTraffic,
                scheduler,
                (asked, answer, duration, traffic) -> {},
                enrolment -> {})
            .ofRegistrar());
    made.start();
    NodeClient.await(made.registered());
    return made;
  }

  @AfterEach
  void stop() {
    node.close();
    endpoints.close();
    gateway.close();
    in.close();
    scheduler.shutdownNow();
  }

  FactoryCredential credential(Enrolee enrolee) {
    return new BootstrapCredential(
        enrolee.id(), enrolee.key(), RunningServer.MEF, "127.0.0.1", in.coaps().getPort());
  }

  GatewayServer gateway(int port, Optional<FactoryCredential> credential) {
    return GatewayServer.start(
        new GatewaySettings(
            folder.resolve("mn"),
            port,
            0,
            0,
            "cse-mn",
            List.of(),
            Duration.ofDays(365),
            credential,
            RunningServer.TIMERS,
            ServeSettings.DEFAULT_MAX_BODY_BYTES),
        clock);
  }

  Attributes status() {
    return NodeClient.await(gateway.admin().status());
  }

  void awaitAnnounced(long count) {
    await().atMost(PATIENCE).until(() -> status().whole("announced").orElse(-1) == count);
  }

  String ae() {
    return pump.csi() + "/Cmeter";
  }

  ResponsePrimitive create(String to, int type, String root, Attributes content) {
    return send(
        NodeClient.create(to, type).from(ae()).content(Representation.of(root, content)).build());
  }

  ResponsePrimitive send(RequestPrimitive request) {
    return NodeClient.await(node.send(request));
  }

  ResponsePrimitive createContainer(String name) {
    return create(
        "/id-in/-/mn-1",
        CseResources.CONTAINER.code(),
        CseResources.CONTAINER.root(),
        Attributes.builder().put("rn", name).build());
  }
}
