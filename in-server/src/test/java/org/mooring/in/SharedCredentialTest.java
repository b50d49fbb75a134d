// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.CSE;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.admin.SubscriptionAdmin;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** One credential for several AEs of a node (TS-0001 clause 11.2.2), over real sockets. */
@Timeout(120)
class SharedCredentialTest {
  private static final KeyIdentifier KPSA_ID = KeyIdentifier.parse("yard@sp.example.org");

  @TempDir private Path dataDir;
  private final SecretKeyBytes kpsa = SecretKeyBytes.random();
  private RunningServer server;
  private SecureEndpoint association;

  @BeforeEach
  void start() {
    server = givenServer(dataDir).withEnrolee("other").started();
    enrol(KPSA_ID, "/Spump /Svalve /Smeter", "Npump");
    association = server.open(CSE, new PskCredential(KPSA_ID, kpsa));
  }

  @AfterEach
  void stop() {
    association.close();
    server.close();
  }

  private void enrol(KeyIdentifier id, String aeIds, String app) {
    Attributes order =
        Attributes.builder()
            .put("kpsaId", id.toString())
            .put("kpsa", KeyText.hex(kpsa))
            .put("aei", aeIds)
            .put("app", app)
            .build();
    NodeClient.await(server.in().admin().addEnrolee(EnroleeOrder.read(order)));
  }

  private ResponsePrimitive register(String from, String appId) {
    return send(association, registration(from, appId));
  }

  private static RequestPrimitive registration(String from, String appId) {
    return NodeClient.create("/id-in/-", CseResources.AE.code())
        .from(from)
        .content(
            Representation.of(
                CseResources.AE.root(),
                Attributes.builder()
                    .put("api", appId)
                    .put("rr", false)
                    .put("srv", List.of("3"))
                    .build()))
        .build();
  }

  private ResponseStatusCode retrieve(String from, String to) {
    return send(association, request(Operation.RETRIEVE, to).from(from).build()).status();
  }

  @Test
  @DisplayName("several AEs, of one or several App-IDs, register in one association")
  void eachRegistersUnderItsOwnAeId() {
    assertThat(attributes(register("Spump", "Npump")).text("aei")).contains("Spump");
    assertThat(attributes(register("/Svalve", "Npump")).text("aei")).contains("Svalve");
    assertThat(attributes(register("//sp.example.org/Smeter", "Nmeter")).text("aei"))
        .contains("Smeter");
    assertThat(register("Svalve", "Npump").status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED);
  }

  @Test
  void whoDoesNotSayWhichItIsRegistersAsTheFirst() {
    RequestPrimitive unnamed = registration("", "Npump");

    assertThat(attributes(send(association, unnamed)).text("aei")).contains("Spump");
  }

  @Test
  void aRequestSpeaksForAnAeThatIsRegisteredInTheAssociation() {
    register("Spump", "Npump");

    assertThat(retrieve("Svalve", "/id-in/-"))
        .as("not registered yet")
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
    assertThat(register("Sother", "Npump").status())
        .as("no AE of this credential")
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
    assertThat(register("//other.example.org/Svalve", "Npump").status())
        .as("another provider's")
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
    register("Svalve", "Npump");
    assertThat(retrieve("Svalve", "/id-in/-")).isEqualTo(ResponseStatusCode.OK);
  }

  @Test
  void whatOneMadeIsNotTheOthers() {
    register("Spump", "Npump");
    register("Svalve", "Npump");

    assertThat(retrieve("Spump", "/id-in/Spump")).isEqualTo(ResponseStatusCode.OK);
    assertThat(retrieve("Svalve", "/id-in/Spump"))
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
  }

  @Test
  void anAnswerThatWasLostIsGivenAgain() {
    RequestPrimitive registration = registration("Svalve", "Npump");

    ResponsePrimitive first = send(association, registration);

    assertThat(attributes(send(association, registration))).isEqualTo(attributes(first));
  }

  private SubscriptionAdmin subscriptions() {
    return server.in().admin().serviceSubscriptions();
  }

  @Test
  void eachRegistersByTheRuleThatItsEnrolmentImplies() {
    ResourceName contract = new ResourceName("contract");
    ResourceName meters = new ResourceName("meters");
    NodeClient.await(subscriptions().create(contract));

    assertThat(register("Svalve", "Npump").status()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(register("Smeter", "Nmeter").status())
        .as("App-ID of no rule")
        .isEqualTo(ResponseStatusCode.APP_RULE_VALIDATION_FAILED);
    NodeClient.await(
        subscriptions()
            .setRule(
                meters,
                Attributes.builder()
                    .put("credentials", List.of("12-" + KPSA_ID))
                    .put("apps", List.of("Nmeter"))
                    .put("aes", List.of("Smeter"))
                    .build()));
    NodeClient.await(subscriptions().link(contract, Optional.empty(), List.of(meters)));
    assertThat(register("Smeter", "Nmeter").status()).isEqualTo(ResponseStatusCode.CREATED);
  }

  private static List<String> rules(Attributes listed) {
    return ((AttributeValue.Items) listed.get("rules").orElseThrow())
        .values().stream()
            .map(rule -> ((AttributeValue.Members) rule).attributes().text("rule").orElseThrow())
            .toList();
  }

  @Test
  void theOperatorSeesTheRuleOfEach() {
    Attributes listed = NodeClient.await(subscriptions().list(KPSA_ID));
    Attributes valve = NodeClient.await(subscriptions().show(new ResourceName("implied.Svalve")));

    assertThat(rules(listed)).containsExactly("implied.Spump", "implied.Smeter", "implied.Svalve");
    assertThat(valve.text("source")).contains("enrolment");
    assertThat(valve.texts("credentials")).containsExactly("12-" + KPSA_ID);
    assertThat(valve.texts("apps")).containsExactly("Npump");
    assertThat(valve.texts("aes")).containsExactly("Svalve");
  }

  @Test
  void theOperatorSeesWhichAesShareIt() {
    Attributes shown = NodeClient.await(server.in().admin().showEnrolee(KPSA_ID));

    assertThat(shown.text("aei")).contains("/Spump");
    assertThat(shown.texts("sharedBy")).containsExactly("/Smeter", "/Svalve");
  }

  @Test
  void anAeIdIsThatOfOneEnrolmentAlone() {
    KeyIdentifier another = KeyIdentifier.parse("shed@sp.example.org");

    assertThatThrownBy(() -> enrol(another, "/Svalve", "Npump"))
        .hasMessageContaining("another enrolee");
    assertThatThrownBy(() -> enrol(another, "/Slamp /Spump", "Npump"))
        .hasMessageContaining("another enrolee");
    assertThatThrownBy(() -> enrol(another, "/Slamp /Slamp", "Npump"))
        .hasMessageContaining("another enrolee");
  }

  @Test
  void theyAllEndWithTheCredential() {
    register("Svalve", "Npump");
    NodeClient.await(server.in().admin().revokeEnrolee(KPSA_ID, "stolen"));

    assertThat(rules(NodeClient.await(subscriptions().list(KPSA_ID)))).isEmpty();
    try (SecureEndpoint again = server.open(CSE, new PskCredential(KPSA_ID, kpsa))) {
      assertThat(
              again
                  .connect()
                  .toCompletableFuture()
                  .handle((done, failure) -> failure == null)
                  .join())
          .isFalse();
    }
  }
}
