// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.asn.Backoff;
import org.mooring.asn.Node;
import org.mooring.asn.NodeListener;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.mca.McaService;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.common.resource.RegistrationPointChange;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.common.subscription.Profile;
import org.mooring.in.admin.SubscriptionAdmin;
import org.mooring.in.scenario.AdjustableClock;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.RunningServer.Enrolee;

/** An MN-CSE between a node and the IN-CSE: three parties over real sockets. */
class GatewayTest {
  private static final Fqdn MN = new Fqdn("mn-1.sp.example.org");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
  private final AdjustableClock clock = new AdjustableClock();
  private final DtlsEndpointFactory endpoints = DtlsEndpointFactory.create(RunningServer.TIMERS);
  @TempDir private Path folder;
  private RunningServer in;
  private GatewayServer gateway;
  private Enrolee pump;
  private Node node;

  @BeforeEach
  void aNodeBehindAGateway() {
    in = givenServer(folder.resolve("in")).withDirectEnrolee("beside").started();
    Enrolee own = in.enrolled("gw", Attributes.builder().put("csi", "/mn-1").build());
    gateway = gateway(0, Optional.of(credential(own)));
    pump = in.enrolled("pump", belowTheGateway());
    node = started(pump, "vault");
  }

  private Attributes belowTheGateway() {
    return Attributes.builder()
        .put("registrar", "/mn-1")
        .put("registrarPoa", "coaps://127.0.0.1:" + gateway.ports().coaps())
        .build();
  }

  private Node started(Enrolee enrolee, String vault) {
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

  private FactoryCredential credential(Enrolee enrolee) {
    return new BootstrapCredential(
        enrolee.id(), enrolee.key(), RunningServer.MEF, "127.0.0.1", in.coaps().getPort());
  }

  private GatewayServer gateway(int port, Optional<FactoryCredential> credential) {
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

  private Attributes status() {
    return NodeClient.await(gateway.admin().status());
  }

  private void awaitAnnounced(long count) {
    await().atMost(PATIENCE).until(() -> status().whole("announced").orElse(-1) == count);
  }

  private String ae() {
    return pump.csi() + "/Cmeter";
  }

  private ResponsePrimitive create(String to, int type, String root, Attributes content) {
    return send(
        NodeClient.create(to, type).from(ae()).content(Representation.of(root, content)).build());
  }

  private ResponsePrimitive send(RequestPrimitive request) {
    return NodeClient.await(node.send(request));
  }

  private ResponsePrimitive createContainer(String name) {
    return create(
        "/id-in/-/mn-1",
        CseResources.CONTAINER.code(),
        CseResources.CONTAINER.root(),
        Attributes.builder().put("rn", name).build());
  }

  @Test
  void whatAnAeOnTheNodePublishesPassesTheGateway() {
    awaitAnnounced(1);

    assertThat(createContainer("meter").status()).isEqualTo(ResponseStatusCode.CREATED);
    ResponsePrimitive instance =
        create(
            "//sp.example.org/id-in/-/mn-1/meter",
            CseResources.CONTENT_INSTANCE.code(),
            CseResources.CONTENT_INSTANCE.root(),
            Attributes.builder().put("con", "21.5").build());
    assertThat(instance.status()).isEqualTo(ResponseStatusCode.CREATED);
    RequestPrimitive latest =
        NodeClient.request(Operation.RETRIEVE, "/id-in/-/mn-1/meter/la").from(ae()).build();
    ResponsePrimitive read = send(latest);
    assertThat(NodeClient.attributes(read).text("con")).contains("21.5");
    assertThat(read.requestId()).isEqualTo(latest.requestId());
  }

  /** TS-0001 clause 10.2.2.2 case a, with a CSE between the registrar and the IN-CSE. */
  @Test
  void anAeWithAStemOfTheProvidersIsAnnouncedThroughTheGatewayAndSpeaksThroughIt() {
    awaitAnnounced(1);
    ResponsePrimitive announced = announce("S");
    assertThat(announced.status()).isEqualTo(ResponseStatusCode.CREATED);
    String stem = NodeClient.attributes(announced).text("ri").orElseThrow();
    assertThat(stem).startsWith("S").hasSizeGreaterThan(1);

    ResponsePrimitive published = createContainerAs("/" + stem, "meter");
    assertThat(published.status()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(createContainerAs("/Sother", "meter2").status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);

    assertThat(update(stem, "INACTIVE").status()).isEqualTo(ResponseStatusCode.UPDATED);
    assertThat(createContainerAs("/" + stem, "late").status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);

    assertThat(update(stem, pump.csi() + "/" + stem).status())
        .isEqualTo(ResponseStatusCode.UPDATED);
    assertThat(createContainerAs("/" + stem, "again").status())
        .isEqualTo(ResponseStatusCode.CREATED);
  }

  /** TS-0001 clause 10.2.2.2 case f, from a node behind the gateway to one beside it. */
  @Test
  void anAeWhoseRegistrationPointsAreTrackedLeavesTheNodeBehindTheGateway() {
    awaitAnnounced(1);
    try (NodeClient valve = in.node("beside")) {
      tie(pump, valve.enrolee());
      SecureEndpoint association =
          valve.atCse(valve.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION));
      NodeClient.send(association, valve.registration(valve.remoteCse()).build());
      List<RequestPrimitive> heard = new CopyOnWriteArrayList<>();
      node.serve(
          inbound -> {
            heard.add(inbound.request());
            return CompletableFuture.completedStage(
                ResponsePrimitive.of(ResponseStatusCode.OK, inbound.request().requestId()));
          });
      AeId behind = new AeId(ae());
      AeId beside = new AeId(valve.enrolee().csi() + "/Cmeter");
      assertThat(notified("/mn-1/-", RegistrationPointChange.arrivalOf(behind)).status())
          .isEqualTo(ResponseStatusCode.OK);
      assertThat(createContainer("meter").status()).isEqualTo(ResponseStatusCode.CREATED);

      RequestPrimitive arrival =
          notification("/id-in/-", RegistrationPointChange.arrivalOf(beside));
      assertThat(NodeClient.send(association, arrival).status()).isEqualTo(ResponseStatusCode.OK);

      await().atMost(PATIENCE).until(() -> !heard.isEmpty());
      assertThat(RegistrationPointChange.of(heard.get(0)))
          .isEqualTo(new RegistrationPointChange(Optional.of(behind), beside));
      assertThat(createContainer("late").status())
          .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
      assertThat(notified("/mn-1/-", RegistrationPointChange.confirmationOf(behind)).status())
          .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED);
      RequestPrimitive read =
          NodeClient.request(Operation.RETRIEVE, "/id-in/-/mn-1/meter")
              .from(beside.value())
              .build();
      assertThat(NodeClient.send(association, read).status()).isEqualTo(ResponseStatusCode.OK);
    }
  }

  /** One rule for both nodes that names the stem as that of an AE that roams. */
  private void tie(Enrolee... nodes) {
    SubscriptionAdmin subscriptions = in.in().admin().serviceSubscriptions();
    ResourceName contract = new ResourceName("contract");
    ResourceName meters = new ResourceName("meters");
    NodeClient.await(subscriptions.create(contract));
    NodeClient.await(
        subscriptions.setRule(
            meters,
            Attributes.builder()
                .put("apps", List.of("Nmeter"))
                .put("aes", List.of("Cmeter"))
                .put("roaming", true)
                .build()));
    for (Enrolee node : nodes) {
      NodeClient.await(subscriptions.link(contract, Optional.of(node.id()), List.of(meters)));
    }
  }

  private ResponsePrimitive notified(String to, RegistrationPointChange change) {
    return send(notification(to, change));
  }

  private static RequestPrimitive notification(String to, RegistrationPointChange change) {
    return NodeClient.request(Operation.NOTIFY, to)
        .from(change.present().registrar().value())
        .content(change.toContent())
        .build();
  }

  private ResponsePrimitive announce(String stem) {
    Attributes content =
        Attributes.builder()
            .put("lnk", pump.csi() + "/" + stem)
            .put("api", "Nmeter")
            .put("lbl", List.of("Credential-ID:"))
            .build();
    return send(
        NodeClient.create("/mn-1/-", CseResources.AE_ANNC.code())
            .from(pump.csi() + "/" + stem)
            .content(Representation.of(CseResources.AE_ANNC.root(), content))
            .build());
  }

  private ResponsePrimitive update(String stem, String link) {
    return send(
        NodeClient.request(Operation.UPDATE, "/mn-1/" + stem)
            .from(pump.csi() + "/" + stem)
            .content(
                Representation.of(
                    CseResources.AE_ANNC.root(), Attributes.builder().put("lnk", link).build()))
            .build());
  }

  private ResponsePrimitive createContainerAs(String from, String name) {
    return send(
        NodeClient.create("/id-in/-/mn-1", CseResources.CONTAINER.code())
            .from(from)
            .content(
                Representation.of(
                    CseResources.CONTAINER.root(), Attributes.builder().put("rn", name).build()))
            .build());
  }

  /** By which a node knows that the MAF's silence is the MAF's. */
  @Test
  void aGatewayRelaysNoApplicationAssociation() {
    RequestPrimitive asked =
        NodeClient.create(TrustResourceNames.baseOf(MN), TrustResourceNames.APP_ASSOCIATION.code())
            .content(Representation.of(TrustResourceNames.APP_ASSOCIATION.root(), Attributes.NONE))
            .build();
    RequestPrimitive givenUp =
        NodeClient.request(
                Operation.DELETE, TrustResourceNames.below(MN, RelativeKeyId.random().toString()))
            .build();

    assertThat(send(asked).status()).isEqualTo(ResponseStatusCode.BAD_REQUEST);
    assertThat(send(givenUp).status()).isEqualTo(ResponseStatusCode.BAD_REQUEST);
  }

  @Test
  void errorsOfTheRegistrarAndOfTheGatewayComeBack() {
    awaitAnnounced(1);

    RequestPrimitive.Builder nowhere = NodeClient.request(Operation.RETRIEVE, "/id-in/-/none");
    assertThat(send(nowhere.from(ae()).build()).status()).isEqualTo(ResponseStatusCode.NOT_FOUND);
    assertThat(send(nowhere.from("/other/Cmeter").build()).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
    ResponsePrimitive registration =
        create(
            "/id-in/-",
            CseResources.AE.code(),
            CseResources.AE.root(),
            Attributes.builder()
                .put("api", "Nmeter")
                .put("rr", false)
                .put("srv", List.of("3"))
                .build());
    assertThat(registration.status()).isEqualTo(ResponseStatusCode.BAD_REQUEST);
    RequestPrimitive below =
        NodeClient.request(Operation.RETRIEVE, pump.csi() + "/-").from(ae()).build();
    assertThat(send(below).status()).isEqualTo(ResponseStatusCode.TARGET_NOT_REACHABLE);
  }

  /** A node that is registered at the IN-CSE itself. */
  private SecureEndpoint registered(NodeClient above) {
    SecureEndpoint endpoint = above.atCse(above.associated());
    assertThat(NodeClient.send(endpoint, above.registration(above.remoteCse()).build()).status())
        .isEqualTo(ResponseStatusCode.CREATED);
    return endpoint;
  }

  private static ResponsePrimitive retrieve(SecureEndpoint over, String from, String to) {
    return NodeClient.send(over, NodeClient.request(Operation.RETRIEVE, to).from(from).build());
  }

  @Test
  void whatIsAskedAboveGoesDownToTheGatewayAndToTheNodesBelowIt() {
    awaitAnnounced(1);
    in.enrolled("watch", Attributes.NONE);
    try (NodeClient above = in.node("watch")) {
      SecureEndpoint over = registered(above);
      String from = above.enrolee().csi() + "/Cwatch";

      assertThat(NodeClient.attributes(retrieve(over, from, pump.csi() + "/-")).text("csi"))
          .contains(pump.csi().value());
      assertThat(NodeClient.attributes(retrieve(over, from, "/mn-1/-")).whole("cst")).hasValue(2);
      assertThat(retrieve(over, from, "/mn-1/-" + pump.csi()).status())
          .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
      assertThat(retrieve(over, from, pump.csi() + "/-/none").status())
          .isEqualTo(ResponseStatusCode.NOT_FOUND);
      assertThat(retrieve(over, ae(), "/mn-1/-").status())
          .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);

      node.close();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  retrieve(over, from, pump.csi() + "/-").status()
                      == ResponseStatusCode.TARGET_NOT_REACHABLE);
    }
  }

  @Test
  void nodesBelowOneGatewayReachEachOtherThroughIt() {
    Enrolee valve = in.enrolled("valve", belowTheGateway());
    Node other = started(valve, "vault of the valve");
    try {
      ResponsePrimitive base =
          send(NodeClient.request(Operation.RETRIEVE, valve.csi() + "/-").from(ae()).build());
      assertThat(NodeClient.attributes(base).text("csi")).contains(valve.csi().value());
    } finally {
      other.close();
    }
  }

  /** TS-0003 clause 8.2.2.1: the key that the MEF provisioned for the gateway (usage 22). */
  @Test
  void aNodeOnPathDirectComesWithAKeyOfTheMef() {
    in.enrol("valve", EnrolmentPath.DIRECT, belowTheGateway());
    Enrolee valve = in.enrolee("valve");
    Node direct = started(valve, "vault of the valve");
    try {
      awaitAnnounced(2);
      assertThat(direct.state().registration(Function.MAF)).isEmpty();
      ResponsePrimitive published =
          NodeClient.await(
              direct.send(
                  NodeClient.create("/id-in/-/mn-1", CseResources.CONTAINER.code())
                      .from(valve.csi() + "/Cmeter")
                      .content(
                          Representation.of(
                              CseResources.CONTAINER.root(),
                              Attributes.builder().put("rn", "valve").build()))
                      .build()));
      assertThat(published.status()).isEqualTo(ResponseStatusCode.CREATED);
    } finally {
      direct.close();
    }
  }

  /** TS-0004 clause 7.3.2.7: the node knows no other CSE to ask. */
  @Test
  void aNodeIsToldItsServiceSubscriptionThroughTheGateway() {
    awaitAnnounced(1);
    String csi = pump.csi().value();

    Attributes node =
        NodeClient.attributes(
            send(
                NodeClient.request(Operation.RETRIEVE, "/mn-1/implied.node." + pump.csi().stem())
                    .from(csi)
                    .build()));

    assertThat(node.text("csi")).contains(csi);
    assertThat(node.texts("lbl")).containsExactly(Profile.LABEL_OF_NONE);
  }

  @Test
  void theTreeShowsTheRegistrarAndTheBaseIsOfAMiddleNode() {
    RequestPrimitive base =
        NodeClient.request(Operation.RETRIEVE, "/mn-1/-").from(pump.csi().value()).build();
    assertThat(NodeClient.attributes(send(base)).whole("cst")).hasValue(2);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                send(NodeClient.request(Operation.RETRIEVE, "/mn-1/-/id-in")
                            .from(pump.csi().value())
                            .build())
                        .status()
                    == ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
  }

  @Test
  void aDeregisteredNodeIsAnnouncedNoLonger() {
    awaitAnnounced(1);
    RequestPrimitive leave =
        NodeClient.request(Operation.DELETE, "/mn-1/-/" + pump.csi().stem())
            .from(pump.csi().value())
            .build();
    assertThat(send(leave).status()).isEqualTo(ResponseStatusCode.DELETED);

    awaitAnnounced(0);
    assertThat(createContainer("late").status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
  }

  @Test
  void aRestartedGatewayGoesOnWithItsNodes() {
    int port = gateway.ports().coaps();
    gateway.close();
    gateway = gateway(port, Optional.empty());

    awaitAnnounced(1);
    assertThat(createContainer("again").status()).isEqualTo(ResponseStatusCode.CREATED);
  }

  @Test
  void theSessionOfANodeThatIsRevokedAtTheProviderEndsOnceTheWordOfTheMafIsOld() {
    awaitAnnounced(1);
    assertThat(status().whole("sessions")).hasValue(1);
    NodeClient.await(in.in().admin().revokeEnrolee(pump.id(), "stolen"));

    clock.advance(Duration.ofSeconds(30));

    await().atMost(PATIENCE).until(() -> status().whole("sessions").orElse(-1) == 0);
  }

  @Test
  void nobodyGetsInByAKeyThatTheMafDoesNotGive() {
    KeyIdentifier unknown = RelativeKeyId.random().at(RunningServer.MAF);
    InetSocketAddress at =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.ports().coaps());
    try (SecureEndpoint stranger =
        endpoints.open(at, MN, new PskCredential(unknown, SecretKeyBytes.random()))) {
      assertThatThrownBy(() -> NodeClient.await(stranger.connect())).isNotNull();
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(NodeClient.await(gateway.admin().audit(100)))
                    .anySatisfy(
                        entry -> {
                          assertThat(entry.text("subject")).contains(unknown.toString());
                          assertThat(entry.members("detail").orElseThrow().text("reason"))
                              .hasValueSatisfying(
                                  reason ->
                                      assertThat(reason).contains("the issuer keeps the key back"));
                        }));
  }
}
