// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningGateway;
import org.mooring.in.scenario.RunningServer;

/** AEs with an association of their own that register at an MN-CSE, over real sockets. */
@Timeout(120)
class GatewayAesTest {
  private static final String IN_MN = "/id-in/-/mn-1";
  private static final KeyIdentifier KM_ID = KeyIdentifier.parse("pump@maf.sp.example.org");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private RunningServer in;
  private RunningGateway gateway;
  private SecureEndpoint association;

  /** The AE comes by the MAF, which it tells a Credential-ID of its own. */
  @BeforeEach
  void anAeAssociatedWithAGateway() {
    in = givenServer(folder.resolve("in")).started();
    gateway = RunningGateway.started(in, "/mn-1", folder.resolve("mn"), InstantSource.system());
    gateway.awaitAnnounced(0);
    association = gateway.associatedAe(KM_ID, "/Spump", "Npump");
  }

  @AfterEach
  void stop() {
    association.close();
    gateway.close();
    in.close();
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

  private List<Attributes> atTheInCse(String action) {
    return NodeClient.await(in.in().admin().audit(500)).stream()
        .filter(entry -> entry.text("action").filter(action::equals).isPresent())
        .map(GatewayAesTest::detail)
        .toList();
  }

  private List<Attributes> atTheGateway(String action) {
    return gateway.audited(action).stream().map(GatewayAesTest::detail).toList();
  }

  private static Attributes detail(Attributes entry) {
    return entry.members("detail").orElseThrow();
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
