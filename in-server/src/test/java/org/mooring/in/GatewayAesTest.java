// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.RunningServer.Enrolee;

/** AEs with an association of their own that register at an MN-CSE, over real sockets. */
@Timeout(120)
class GatewayAesTest {
  private static final Fqdn MN = new Fqdn("mn-1.sp.example.org");
  private static final String IN_MN = "/id-in/-/mn-1";
  private static final KeyIdentifier KM_ID = KeyIdentifier.parse("pump@maf.sp.example.org");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final DtlsEndpointFactory endpoints = DtlsEndpointFactory.create(RunningServer.TIMERS);
  private final List<SecureEndpoint> open = new ArrayList<>();
  @TempDir private Path folder;
  private RunningServer in;
  private GatewayServer gateway;
  private SecureEndpoint association;

  @BeforeEach
  void anAeAssociatedWithAGateway() {
    in = givenServer(folder.resolve("in")).started();
    Enrolee own = in.enrolled("gw", Attributes.builder().put("csi", "/mn-1").build());
    gateway = gateway(own);
    await().atMost(PATIENCE).until(() -> status().whole("announced").isPresent());
    association = associated();
  }

  @AfterEach
  void stop() {
    open.forEach(SecureEndpoint::close);
    endpoints.close();
    gateway.close();
    in.close();
  }

  private GatewayServer gateway(Enrolee own) {
    FactoryCredential credential =
        new BootstrapCredential(
            own.id(), own.key(), RunningServer.MEF, "127.0.0.1", in.coaps().getPort());
    return GatewayServer.start(
        new GatewaySettings(
            folder.resolve("mn"),
            0,
            0,
            0,
            "cse-mn",
            List.of(),
            Duration.ofDays(365),
            Optional.of(credential),
            RunningServer.TIMERS,
            ServeSettings.DEFAULT_MAX_BODY_BYTES),
        InstantSource.system());
  }

  /** What the AE comes with, and its way by the MAF, which it tells a Credential-ID of its own. */
  private SecureEndpoint associated() {
    SecretKeyBytes km = SecretKeyBytes.random();
    Attributes order =
        Attributes.builder()
            .put("kmId", KM_ID.toString())
            .put("km", KeyText.hex(km))
            .put("aei", "/Spump")
            .put("app", "Npump")
            .put("registrar", "/mn-1")
            .build();
    NodeClient.await(in.in().admin().addEnrolee(EnroleeOrder.read(order)));
    SecureEndpoint maf = opened(in.coaps(), MAF, new PskCredential(KM_ID, km));
    assertThat(send(maf, NodeClient.clientRegistration(MAF)).status())
        .isEqualTo(ResponseStatusCode.CREATED);
    RequestPrimitive forGateway =
        NodeClient.keyRegistration(
            MAF,
            Attributes.builder()
                .put("et", M2mTimestamp.NEVER)
                .put("suid", KeyUsage.DISTRIBUTED_FOR_ASSOCIATION.suid())
                .put("tgis", List.of("//sp.example.org/mn-1"))
                .put("lbl", List.of("Credential-ID:11-other@maf.sp.example.org"))
                .build());
    assertThat(send(maf, forGateway).status()).isEqualTo(ResponseStatusCode.CREATED);
    ExportedKey kc = NodeClient.session(maf).export(ExporterLabel.CONNECTION);
    InetSocketAddress at =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.ports().coaps());
    return opened(at, MN, new PskCredential(kc.id().at(MAF), kc.key()));
  }

  private SecureEndpoint opened(InetSocketAddress at, Fqdn name, PskCredential credential) {
    SecureEndpoint endpoint = endpoints.open(at, name, credential);
    open.add(endpoint);
    return endpoint;
  }

  private Attributes status() {
    return NodeClient.await(gateway.admin().status());
  }

  private static RequestPrimitive.Builder registration(String from, String app) {
    return NodeClient.create("/mn-1/-", CseResources.AE.code())
        .from(from)
        .content(
            Representation.of(
                CseResources.AE.root(),
                Attributes.builder()
                    .put("api", app)
                    .put("rr", false)
                    .put("srv", List.of("3"))
                    .build()));
  }

  private ResponsePrimitive register(String from, String app) {
    return send(association, registration(from, app).build());
  }

  private ResponseStatusCode publish(String name) {
    RequestPrimitive request =
        NodeClient.create(IN_MN, CseResources.CONTAINER.code())
            .from("Spump")
            .content(
                Representation.of(
                    CseResources.CONTAINER.root(), Attributes.builder().put("rn", name).build()))
            .build();
    return send(association, request).status();
  }

  private ResponseStatusCode deregister() {
    return send(
            association, NodeClient.request(Operation.DELETE, "/mn-1/Spump").from("Spump").build())
        .status();
  }

  private static List<Attributes> entries(List<Attributes> audit, String action) {
    return audit.stream()
        .filter(entry -> entry.text("action").filter(action::equals).isPresent())
        .map(entry -> entry.members("detail").orElseThrow())
        .toList();
  }

  private List<Attributes> atTheInCse(String action) {
    return entries(NodeClient.await(in.in().admin().audit(500)), action);
  }

  private List<Attributes> atTheGateway(String action) {
    return entries(NodeClient.await(gateway.admin().audit(500)), action);
  }

  @Test
  @DisplayName(
      "TS-0001 10.2.2.2 case b: the registrar announces the AE at the IN-CSE, and it speaks")
  void registersWithItsStemOnceTheInCseLetsIt() {
    RequestPrimitive registration = registration("S", "Npump").build();
    ResponsePrimitive registered = send(association, registration);

    assertThat(registered.status()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(attributes(registered).text("aei")).contains("Spump");
    assertThat(atTheInCse("AE_ANNOUNCED"))
        .singleElement()
        .satisfies(
            detail -> {
              assertThat(detail.text("registrar")).contains("/mn-1");
              assertThat(detail.text("credential")).contains("11-" + KM_ID);
            });
    assertThat(atTheGateway("AE_REGISTERED").get(0).text("credential")).contains("11-" + KM_ID);
    assertThat(publish("flow")).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(attributes(send(association, registration)))
        .as("the same request again")
        .isEqualTo(attributes(registered));
    assertThat(register("Spump", "Npump").status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED);
    assertThat(register("C", "Npump").status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
  }

  @Test
  @DisplayName("TS-0001 10.2.2.5: what left is announced no longer, and may come again")
  void itsEndEndsItsAnnouncement() {
    assertThat(register("", "Npump").status()).isEqualTo(ResponseStatusCode.CREATED);

    assertThat(deregister()).isEqualTo(ResponseStatusCode.DELETED);

    await().atMost(PATIENCE).until(() -> atTheInCse("AE_ANNOUNCEMENT_ENDED").size() == 1);
    assertThat(publish("late")).isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
    assertThat(register("Spump", "Npump").status()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(publish("again")).isEqualTo(ResponseStatusCode.CREATED);
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 step 006: the rules for the gateway's node are held against it")
  void theRefusalsOfTheInCseComeBack() {
    NodeClient.await(in.in().admin().serviceSubscriptions().create(new ResourceName("contract")));

    assertThat(register("Spump", "Nother").status())
        .isEqualTo(ResponseStatusCode.APP_RULE_VALIDATION_FAILED);
    RequestPrimitive earlier =
        registration("Spump", "Nother").releaseVersion(ReleaseVersion.RELEASE_2A).build();
    assertThat(send(association, earlier).status())
        .isEqualTo(ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED);
    await().atMost(PATIENCE).until(() -> atTheGateway("AE_REGISTRATION_REFUSED").size() == 2);
    assertThat(atTheInCse("AE_REGISTRATION_REFUSED").get(0).text("reason"))
        .hasValueSatisfying(reason -> assertThat(reason).contains("Nother matches none of Npump"));
    assertThat(register("Spump", "Npump").status()).isEqualTo(ResponseStatusCode.CREATED);
  }

  /** Such as after the gateway had to register anew. */
  @Test
  void whatTheInCseForgotIsAnnouncedAgain() throws SQLException {
    register("Spump", "Npump");
    try (Connection database =
            DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("in").resolve("mooring.db"));
        Statement statement = database.createStatement()) {
      assertThat(statement.executeUpdate("DELETE FROM resource WHERE ri = 'Spump'")).isOne();
    }

    assertThat(publish("flow")).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(atTheInCse("AE_ANNOUNCED")).hasSize(2);
  }
}
