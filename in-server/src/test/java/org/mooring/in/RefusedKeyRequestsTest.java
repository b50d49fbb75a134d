// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.clientRegistration;
import static org.mooring.in.scenario.NodeClient.keyRegistration;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.StoredRows;
import org.mooring.in.scenario.WireClient;

/** What MEF and MAF refuse for whose key it is, whom it is for and which session asks. */
class RefusedKeyRequestsTest extends TrustSessions {
  private static final int KEY_OCTETS = 32;

  RefusedKeyRequestsTest(@TempDir Path dataDir) {
    super(dataDir);
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
      assertThat(server.stored().tables().get("credential"))
          .isEqualTo(afterFirst.tables().get("credential"));

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

  private PskCredential unregistered() {
    return server.enrolled("newcomer").credential();
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
