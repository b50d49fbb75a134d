// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.clientRegistration;
import static org.mooring.in.scenario.NodeClient.create;
import static org.mooring.in.scenario.NodeClient.keyRegistration;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.Refusing.withContent;
import static org.mooring.in.scenario.Refusing.withJson;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.Refusing;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.StoredRows;
import org.mooring.in.scenario.WireClient;

/** What MEF and MAF refuse, over real sessions: the codes, no trace, and the next one is served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedTrustRequestsTest {
  private static final int KEY_OCTETS = 32;

  private final RunningServer server;
  private final Refusing refusing;
  private final NodeClient node;
  private final NodeClient other;
  private PskCredential km;
  private WireClient mef;
  private WireClient maf;

  RefusedTrustRequestsTest(@TempDir Path dataDir) {
    server = givenServer(dataDir).withEnrolee("node").withEnrolee("other").started();
    refusing = new Refusing(server);
    node = server.node("node");
    other = server.node("other");
  }

  @BeforeAll
  void aNodeStandsAtMefAndMaf() {
    km = node.authenticated(node.enrolled(KeyUsage.PROVISIONED_FOR_MAF));
    mef = server.wire(MEF, node.enrolee().credential());
    maf = server.wire(MAF, km);
  }

  @AfterEach
  void theServerServesTheNextNode() {
    server.serves();
  }

  @AfterAll
  void tearDown() {
    mef.close();
    maf.close();
    node.close();
    other.close();
    server.close();
  }

  Stream<Arguments> functions() {
    return Stream.of(Arguments.of(MEF), Arguments.of(MAF));
  }

  private WireClient at(Fqdn function) {
    return function.equals(MEF) ? mef : maf;
  }

  private static String root(Fqdn function) {
    return clientRegistration(function).content().orElseThrow().root();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void fromMayNotNameSomebodyElse(Fqdn function) {
    RequestPrimitive foreign =
        clientRegistration(function).toBuilder().from(other.enrolee().csi().value()).build();
    refusing.refused(at(function), foreign, 4106, 403, Refusal.WRONG_ORIGINATOR);

    RequestPrimitive below =
        clientRegistration(function).toBuilder().from(node.enrolee().csi() + "/Capp").build();
    refusing.refused(at(function), below, 4106, 403, Refusal.WRONG_ORIGINATOR);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aPathOfAnotherRoleIsNotServed(Fqdn function) {
    Fqdn another = function.equals(MEF) ? MAF : MEF;
    refusing.refused(
        at(function), clientRegistration(another), 4103, 403, Refusal.PATH_OF_ANOTHER_ROLE);
    refusing.refused(
        at(function),
        request(Operation.RETRIEVE, "/id-in/-").from(node.enrolee().csi().value()).build(),
        4103,
        403,
        Refusal.PATH_OF_ANOTHER_ROLE);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void contentMustBeWellFormed(Fqdn function) {
    WireClient client = at(function);
    RequestPrimitive registration = clientRegistration(function);
    for (String json :
        List.of("{", "[]", "{}", "{\"" + root(function) + "\":1}", "{\"m2m:ae\":{}}", "\u0000")) {
      refusing.refused(
          client, withJson(client, registration, json), 4000, 400, Refusal.MALFORMED_CONTENT);
    }
    byte[] brokenCbor = {(byte) 0xBF, 0x61};
    refusing.refused(
        client,
        withContent(client, registration, MediaTypeRegistry.APPLICATION_CBOR, brokenCbor),
        4000,
        400,
        Refusal.MALFORMED_CONTENT);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aClientRegistrationHasItsAttributesOnceAndNoOthers(Fqdn function) {
    WireClient client = at(function);
    RequestPrimitive registration = clientRegistration(function);
    String et = "\"et\":\"20991231T000000\"";
    refusing.refused(
        client,
        withJson(client, registration, "{\"" + root(function) + "\":{}}"),
        4000,
        400,
        Refusal.MISSING_ATTRIBUTE);
    refusing.refused(
        client,
        withJson(client, registration, "{\"" + root(function) + "\":{" + et + "," + et + "}}"),
        4000,
        400,
        Refusal.MALFORMED_CONTENT);
    refusing.refused(
        client,
        withJson(client, registration, "{\"" + root(function) + "\":{" + et + ",\"x\":1}}"),
        4000,
        400,
        Refusal.UNKNOWN_ATTRIBUTE);
    refusing.refused(
        client,
        withJson(client, registration, "{\"" + root(function) + "\":{" + et + ",\"rn\":\"a\"}}"),
        4000,
        400,
        Refusal.NOT_PERMITTED_ATTRIBUTE);
    refusing.refused(
        client,
        withJson(client, registration, "{\"" + root(function) + "\":{\"et\":\"tomorrow\"}}"),
        4000,
        400,
        Refusal.INVALID_ATTRIBUTE);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aKeyRegistrationHasItsAttributesOnceAndNoOthers(Fqdn function) {
    WireClient client = at(function);
    RequestPrimitive registration =
        keyRegistration(function, usageOf(function), targetOf(function));
    String et = "\"et\":\"20991231T000000\"";
    String suid = "\"suid\":" + usageOf(function).suid();
    refusing.refused(
        client,
        withJson(client, registration, "{\"sec:skr\":{" + et + "}}"),
        4000,
        400,
        Refusal.MISSING_ATTRIBUTE);
    refusing.refused(
        client,
        withJson(client, registration, "{\"sec:skr\":{" + suid + "}}"),
        4000,
        400,
        Refusal.MISSING_ATTRIBUTE);
    refusing.refused(
        client,
        withJson(client, registration, "{\"sec:skr\":{" + et + "," + suid + "," + suid + "}}"),
        4000,
        400,
        Refusal.MALFORMED_CONTENT);
    refusing.refused(
        client,
        withJson(client, registration, "{\"sec:skr\":{" + et + "," + suid + ",\"x\":1}}"),
        4000,
        400,
        Refusal.UNKNOWN_ATTRIBUTE);
    refusing.refused(
        client,
        withJson(client, registration, "{\"sec:skr\":{" + et + "," + suid + ",\"kv\":\"AAAA\"}}"),
        4000,
        400,
        Refusal.INVALID_ATTRIBUTE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 20, 26, 31, 36, 40, 65_536, -1})
  void aSuidOutOfRangeIsRefused(int suid) {
    refusing.refused(
        mef, keyRegistration(MEF, withSuid(suid)), 4000, 400, Refusal.INVALID_ATTRIBUTE);
    refusing.refused(
        maf, keyRegistration(MAF, withSuid(suid)), 4000, 400, Refusal.INVALID_ATTRIBUTE);
  }

  @Test
  void aSuidOfTheOtherFunctionIsRefused() {
    refusing.refused(mef, keyRegistration(MEF, withSuid(32)), 4000, 400, Refusal.INVALID_ATTRIBUTE);
    refusing.refused(maf, keyRegistration(MAF, withSuid(21)), 4000, 400, Refusal.INVALID_ATTRIBUTE);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void anExpirationInThePastIsRefused(Fqdn function) {
    Attributes past = Attributes.builder().put("et", "20200101T000000").build();
    RequestPrimitive registration =
        clientRegistration(function).toBuilder()
            .content(Representation.of(root(function), past))
            .build();
    refusing.refused(at(function), registration, 4000, 400, Refusal.EXPIRATION_IN_THE_PAST);

    RequestPrimitive key =
        keyRegistration(function, past.toBuilder().put("suid", usageOf(function).suid()).build());
    refusing.refused(at(function), key, 4000, 400, Refusal.EXPIRATION_IN_THE_PAST);
  }

  @Test
  void aTargetThatPolicyDoesNotAllowIsRefused() {
    refusing.refused(
        mef,
        keyRegistration(MEF, KeyUsage.PROVISIONED_FOR_MAF, "maf.example.com"),
        4103,
        403,
        Refusal.TARGET_NOT_ALLOWED);
    refusing.refused(
        maf,
        keyRegistration(
            MAF, KeyUsage.DISTRIBUTED_FOR_ASSOCIATION, other.enrolee().absoluteCsi().value()),
        4103,
        403,
        Refusal.TARGET_NOT_ALLOWED);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void anotherStakeholderIsRefused(Fqdn function) {
    Attributes foreign =
        withSuid(usageOf(function).suid()).toBuilder().put("adfq", "example.com").build();
    refusing.refused(
        at(function),
        keyRegistration(function, foreign),
        4103,
        403,
        Refusal.STAKEHOLDER_NOT_ALLOWED);
  }

  @Test
  void aForeignClientRegistrationIsOutOfReach() {
    ResponsePrimitive registered = other.register(other.atMef(), MEF);
    String address = below(MEF, registered);
    for (RequestPrimitive request :
        List.of(
            request(Operation.RETRIEVE, address).build(),
            request(Operation.UPDATE, address)
                .content(clientRegistration(MEF).content().orElseThrow())
                .build(),
            request(Operation.DELETE, address).build())) {
      refusing.refused(mef, request, 4103, 403, Refusal.FOREIGN_REGISTRATION);
    }
  }

  @Test
  void aForeignKeyRegistrationIsOutOfReachAndItsKeyIsForItsTargetsAlone() {
    PskCredential otherKm = other.authenticated(other.enrolled(KeyUsage.PROVISIONED_FOR_MAF));
    SecureEndpoint otherMaf = other.atMaf(otherKm);
    ResponsePrimitive registered = send(otherMaf, keyRegistration(MAF, withKey()));
    assertThat(registered.status()).isEqualTo(ResponseStatusCode.CREATED);
    String address = below(MAF, registered);

    refusing.refused(
        maf, request(Operation.RETRIEVE, address).build(), 4103, 403, Refusal.NOT_A_TARGET);
    refusing.refused(
        maf, request(Operation.DELETE, address).build(), 4103, 403, Refusal.FOREIGN_REGISTRATION);
    Attributes change = Attributes.builder().put("et", M2mTimestamp.NEVER).build();
    refusing.refused(
        maf,
        request(Operation.UPDATE, address)
            .content(Representation.of(TrustResourceNames.SYMM_KEY_REG.root(), change))
            .build(),
        4103,
        403,
        Refusal.FOREIGN_REGISTRATION);
    try (WireClient source = server.wire(MAF, otherKm)) {
      refusing.refused(
          source, request(Operation.RETRIEVE, address).build(), 4103, 403, Refusal.NOT_A_TARGET);
    }
  }

  @Test
  void oneHandshakeYieldsOneExportedKeyHoweverOftenItIsAskedFor() {
    try (WireClient session = server.wire(MEF, other.enrolee().credential())) {
      assertThat(session.send(clientRegistration(MEF)).statusCode()).isEqualTo(2001);
      RequestPrimitive forMaf = keyRegistration(MEF, KeyUsage.PROVISIONED_FOR_MAF, MAF.value());
      WireClient.Answer first = session.send(forMaf);
      assertThat(first.statusCode()).isEqualTo(2001);
      StoredRows afterFirst = server.stored();

      WireClient.Answer again =
          session.send(keyRegistration(MEF, KeyUsage.PROVISIONED_FOR_MAF, MAF.value()));
      assertThat(again.statusCode()).isEqualTo(2001);
      assertThat(again.response().getPayload()).isEqualTo(first.response().getPayload());
      assertThat(server.stored().tables().get("key_registration"))
          .isEqualTo(afterFirst.tables().get("key_registration"));

      refusing.refused(
          session,
          keyRegistration(MEF, KeyUsage.PROVISIONED_FOR_ASSOCIATION, RunningServer.IN_CSE.value()),
          4107,
          403,
          Refusal.NEW_HANDSHAKE_NEEDED);
    }
  }

  @Test
  void aSecondUsageInOneMafSessionNeedsANewHandshake() {
    try (WireClient session = server.wire(MAF, km)) {
      RequestPrimitive association =
          keyRegistration(MAF, KeyUsage.DISTRIBUTED_FOR_ASSOCIATION, RunningServer.IN_CSE.value());
      assertThat(session.send(association).statusCode()).isEqualTo(2001);
      refusing.refused(
          session,
          keyRegistration(MAF, KeyUsage.DISTRIBUTED_FOR_ESPRIM, RunningServer.IN_CSE.value()),
          4107,
          403,
          Refusal.NEW_HANDSHAKE_NEEDED);
    }
  }

  @Test
  void aResumedSessionExportsNoKey() {
    SecureEndpoint endpoint = node.atMef();
    node.register(endpoint, MEF);
    assertThat(NodeClient.await(endpoint.resume()).isResumed()).isTrue();
    StoredRows before = server.stored();

    ResponsePrimitive answer =
        send(endpoint, keyRegistration(MEF, KeyUsage.PROVISIONED_FOR_MAF, MAF.value()));

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED);
    assertThat(answer.coapCode()).isEqualTo(403);
    assertThat(answer.debugInfo().orElseThrow()).contains(Refusal.NEW_HANDSHAKE_NEEDED.remedy());
    assertThat(server.stored()).isEqualTo(before);
  }

  @Test
  void aKeyNeedsAClientRegistrationFirst() {
    try (WireClient fresh = server.wire(MEF, unregistered())) {
      refusing.refused(
          fresh,
          keyRegistration(MEF, KeyUsage.PROVISIONED_FOR_MAF, MAF.value()),
          4103,
          403,
          Refusal.NOT_REGISTERED_WITH_FUNCTION);
    }
  }

  @Test
  void whatIsNotThereAndWhatMayNotStandThereIsRefused() {
    String nobody = TrustResourceNames.below(MEF, "nobody");
    String noKey = TrustResourceNames.below(MEF, "0".repeat(2 * RelativeKeyId.OCTETS));
    for (String address : List.of(nobody, noKey)) {
      refusing.refused(
          mef, request(Operation.RETRIEVE, address).build(), 4004, 404, Refusal.NO_SUCH_RESOURCE);
    }
    RequestPrimitive container =
        create(TrustResourceNames.baseOf(MEF), CseResources.CONTAINER.code())
            .content(Representation.of(CseResources.CONTAINER.root(), Attributes.NONE))
            .build();
    assertThat(mef.send(container).statusCode()).isIn(4108, 5001);
  }

  private PskCredential unregistered() {
    return server.enrolled("newcomer").credential();
  }

  private static KeyUsage usageOf(Fqdn function) {
    return function.equals(MEF)
        ? KeyUsage.PROVISIONED_FOR_MAF
        : KeyUsage.DISTRIBUTED_FOR_ASSOCIATION;
  }

  private static String targetOf(Fqdn function) {
    return function.equals(MEF) ? MAF.value() : RunningServer.IN_CSE.value();
  }

  private static Attributes withSuid(int suid) {
    return Attributes.builder().put("et", M2mTimestamp.NEVER).put("suid", suid).build();
  }

  private static Attributes withKey() {
    return withSuid(KeyUsage.DISTRIBUTED_FOR_ESPRIM.suid()).toBuilder()
        .put("kv", new byte[KEY_OCTETS])
        .build();
  }

  private static String below(Fqdn function, ResponsePrimitive registered) {
    String id = attributes(registered).text(TrustResourceNames.RESOURCE_ID).orElseThrow();
    return TrustResourceNames.below(function, id);
  }
}
