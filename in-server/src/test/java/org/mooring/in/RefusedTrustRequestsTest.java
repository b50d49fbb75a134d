// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.clientRegistration;
import static org.mooring.in.scenario.NodeClient.keyRegistration;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.Refusing.withContent;
import static org.mooring.in.scenario.Refusing.withJson;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.WireClient;

/** What MEF and MAF refuse for what a request says: its sender, its path, its content. */
class RefusedTrustRequestsTest extends TrustSessions {
  RefusedTrustRequestsTest(@TempDir Path dataDir) {
    super(dataDir);
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
  void whatIsNotThereAndWhatMayNotStandThereIsRefused() {
    String nobody = TrustResourceNames.below(MEF, "nobody");
    String noKey = TrustResourceNames.below(MEF, "0".repeat(2 * RelativeKeyId.OCTETS));
    for (String address : List.of(nobody, noKey)) {
      refusing.refused(
          mef, request(Operation.RETRIEVE, address).build(), 4004, 404, Refusal.NO_SUCH_RESOURCE);
    }
    RequestPrimitive container =
        NodeClient.create(TrustResourceNames.baseOf(MEF), CseResources.CONTAINER.code())
            .content(Representation.of(CseResources.CONTAINER.root(), Attributes.NONE))
            .build();
    assertThat(mef.send(container).statusCode()).isIn(4108, 5001);
  }

  private static String root(Fqdn function) {
    return clientRegistration(function).content().orElseThrow().root();
  }
}
