// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.clientRegistration;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.DeviceId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.GroupDevice;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.group.Approval;
import org.mooring.in.group.NewGroup;
import org.mooring.in.scenario.AdjustableClock;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.StoredRows;

/** Devices of groups become enrolees, over the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupClaimsTest {
  private static final SecretKeyBytes GROUP_KEY = SecretKeyBytes.random();

  private final AdjustableClock clock = new AdjustableClock();
  private final RunningServer server;

  GroupClaimsTest(@TempDir Path dataDir) {
    server = givenServer(dataDir).withClock(clock).started();
  }

  @AfterAll
  void tearDown() {
    server.close();
  }

  private GroupName group(String name, Approval approval, int claimLimit, String... devices) {
    return group(name, approval, claimLimit, Optional.empty(), devices);
  }

  private GroupName group(
      String name, Approval approval, int claimLimit, Optional<URI> hook, String... devices) {
    NewGroup wanted =
        new NewGroup(
            new GroupName(name),
            Optional.of(GROUP_KEY),
            approval,
            claimLimit,
            clock.instant().plus(Duration.ofDays(1)),
            EnrolmentPath.MAF,
            Optional.empty(),
            hook,
            List.of(devices).stream().map(DeviceId::new).toList());
    NodeClient.await(server.in().admin().groups().add(wanted));
    return wanted.name();
  }

  private NodeClient device(GroupName group, String id) {
    return server.device(new GroupDevice(group, new DeviceId(id)), GROUP_KEY);
  }

  private static ResponsePrimitive registers(SecureEndpoint mef) {
    return send(mef, clientRegistration(MEF));
  }

  private Attributes shown(GroupName group) {
    return NodeClient.await(server.in().admin().groups().show(group));
  }

  private Attributes shown(NodeClient device) {
    return NodeClient.await(server.in().admin().showEnrolee(device.enrolee().id()));
  }

  private String failureOf(NodeClient device) {
    assertThatThrownBy(() -> NodeClient.session(device.atMef()))
        .isInstanceOf(RuntimeException.class);
    String id = device.enrolee().id().toString();
    await().until(() -> !server.handshakeFailures(id).isEmpty());
    List<String> reasons = server.handshakeFailures(id);
    return reasons.get(reasons.size() - 1);
  }

  @Test
  void aDeviceBecomesAnEnroleeWithItsFirstRequestAndNotBefore() {
    GroupName pumps = group("pumps", Approval.AUTO, 5);
    try (NodeClient device = device(pumps, "SN-1")) {
      StoredRows before = server.stored();
      SecureEndpoint mef = device.atMef();
      NodeClient.session(mef);
      assertThat(server.stored()).isEqualTo(before);

      Attributes told = attributes(device.register(mef, MEF)).members("ccfg").orElseThrow();

      assertThat(shown(device).text("csi")).isEqualTo(told.text("csi"));
      assertThat(shown(device).text("group")).contains("pumps");
      assertThat(shown(device).text("device")).contains("SN-1");
      assertThat(shown(pumps).whole("claims")).hasValue(1);
      PskCredential ke = device.enrolled(KeyUsage.PROVISIONED_FOR_MAF);
      assertThat(device.associated(device.authenticated(ke)).identity().relative()).hasSize(32);
      assertThat(shown(pumps).whole("claims")).hasValue(1);
    }
  }

  @Test
  void ofManyThatClaimAtOnceExactlyAsManySucceedAsMay() {
    GroupName rush = group("rush", Approval.AUTO, 3);
    List<NodeClient> devices = new ArrayList<>();
    List<SecureEndpoint> sessions = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      devices.add(device(rush, "d" + i));
      sessions.add(devices.get(i).atMef());
      NodeClient.session(sessions.get(i));
    }

    List<CompletableFuture<ResponsePrimitive>> answers =
        sessions.stream()
            .map(mef -> mef.send(clientRegistration(MEF)).toCompletableFuture())
            .toList();
    List<ResponsePrimitive> answered = answers.stream().map(NodeClient::await).toList();

    assertThat(answered)
        .filteredOn(answer -> answer.status() == ResponseStatusCode.CREATED)
        .hasSize(3);
    assertThat(answered)
        .filteredOn(answer -> answer.status() == Refusal.CLAIM_REFUSED.status())
        .hasSize(5);
    assertThat(shown(rush).whole("claims")).hasValue(3);
    assertThat(shown(rush).text("status")).contains("full");
    try (NodeClient late = device(rush, "late")) {
      assertThat(failureOf(late)).contains("claim limit", "group change rush --claim-limit");
    }
    devices.forEach(NodeClient::close);
  }

  @Test
  void aDeviceWaitsForTheOperatorAndClaimsInTheSameSession() {
    GroupName line = group("line", Approval.MANUAL, 2, "known");
    try (NodeClient known = device(line, "known");
        NodeClient stranger = device(line, "stranger");
        NodeClient other = device(line, "other")) {
      known.register(known.atMef(), MEF);
      SecureEndpoint mef = stranger.atMef();

      assertThat(registers(mef).status()).isEqualTo(Refusal.CLAIM_WAITS.status());
      assertThat(registers(mef).status()).isEqualTo(Refusal.CLAIM_WAITS.status());
      assertThat(shown(line).whole("waiting")).hasValue(1);
      assertThat(failureOf(other)).contains("wait");
      NodeClient.await(
          server.in().admin().groups().approve(line, List.of(new DeviceId("stranger"))));
      stranger.register(mef, MEF);

      assertThat(shown(line).whole("waiting")).hasValue(0);
      assertThat(shown(line).whole("claims")).hasValue(2);
    }
  }

  @Test
  void aDeniedDeviceOpensNoHandshake() {
    GroupName strict = group("strict", Approval.AUTO, 2);
    NodeClient.await(server.in().admin().groups().deny(strict, List.of(new DeviceId("stolen"))));

    try (NodeClient stolen = device(strict, "stolen")) {
      assertThat(failureOf(stolen)).contains("denied", "group approve strict stolen");
    }
  }

  @Test
  void onlyListedDevicesClaimAndOthersLeaveNoTrace() {
    GroupName listed = group("listed", Approval.LISTED, 9, "sn1", "sn2");
    try (NodeClient one = device(listed, "sn1");
        NodeClient other = device(listed, "SN1")) {
      one.register(one.atMef(), MEF);
      StoredRows before = server.stored();

      assertThat(failureOf(other)).contains("not on the list", "group approve listed SN1");

      assertThat(server.stored()).isEqualTo(before);
    }
  }

  @Test
  void aGuessedKeyLeavesNoTrace() {
    GroupName open = group("open", Approval.AUTO, 9);
    GroupDevice id = new GroupDevice(open, new DeviceId("made-up"));
    StoredRows before = server.stored();
    try (NodeClient guessing = server.device(id, SecretKeyBytes.random())) {
      assertThat(failureOf(guessing)).contains("another key");
      assertThat(server.stored()).isEqualTo(before);
    }
  }

  @Test
  void theMefIsNamedInAnyCaseAndTheDeviceInItsOwn() {
    GroupName cased = group("cased", Approval.AUTO, 9);
    try (NodeClient device = device(cased, "Sn-7");
        NodeClient other = device(cased, "sN-7")) {
      KeyIdentifier shouted =
          KeyIdentifier.parse("cased.Sn-7@" + MEF.value().toUpperCase(Locale.ROOT));
      device.register(device.at(MEF, new PskCredential(shouted, device.enrolee().key())), MEF);
      other.register(other.atMef(), MEF);
      assertThat(shown(cased).whole("claims")).hasValue(2);
    }
  }

  @Test
  void noDeviceClaimsAtAnotherFunction() {
    GroupName lost = group("lost", Approval.AUTO, 9);
    try (NodeClient device = device(lost, "sn1")) {
      for (Fqdn function : List.of(RunningServer.MAF, RunningServer.CSE)) {
        assertThatThrownBy(
                () -> NodeClient.session(device.at(function, device.enrolee().credential())))
            .isInstanceOf(RuntimeException.class);
      }
    }
  }

  @Test
  void aDeviceThatClaimsInTwoSessionsIsOneEnrolee() {
    GroupName twice = group("twice", Approval.AUTO, 9);
    try (NodeClient device = device(twice, "sn1")) {
      SecureEndpoint first = device.atMef();
      SecureEndpoint second = device.atMef();
      NodeClient.session(first);
      NodeClient.session(second);

      device.register(first, MEF);

      assertThat(registers(second).status()).isEqualTo(Refusal.CREDENTIAL_ENDED.status());
      device.register(device.atMef(), MEF);
      assertThat(shown(twice).whole("claims")).hasValue(1);
    }
  }

  @Test
  void anExpiredGroupTakesNoMoreAndKeepsWhatItHas() {
    GroupName brief = group("brief", Approval.AUTO, 9);
    try (NodeClient early = device(brief, "early");
        NodeClient late = device(brief, "late")) {
      early.register(early.atMef(), MEF);
      NodeClient.await(
          server
              .in()
              .admin()
              .groups()
              .change(
                  brief,
                  Attributes.builder()
                      .put("expires", clock.instant().plusSeconds(60).toString())
                      .build()));
      clock.advance(Duration.ofMinutes(2));

      assertThat(failureOf(late)).contains("expired", "group change brief --expires");
      early.register(early.atMef(), MEF);
      assertThat(shown(brief).text("status")).contains("expired");
    }
  }

  @Test
  void aRevokedGroupTakesItsDevicesWithItIfAsked() {
    GroupName doomed = group("doomed", Approval.AUTO, 9);
    try (NodeClient device = device(doomed, "sn1");
        NodeClient silent = device(doomed, "sn2")) {
      device.register(device.atMef(), MEF);
      SecureEndpoint open = silent.atMef();
      // Once it is answered the server has looked up who opened the session; this claims nothing.
      assertThat(send(open, request(Operation.RETRIEVE, ".well-known/core").build()).status())
          .isEqualTo(ResponseStatusCode.OK);

      NodeClient.await(server.in().admin().groups().revoke(doomed, "leaked", false));
      assertThat(registers(open).status()).isEqualTo(Refusal.CLAIM_REFUSED.status());
      assertThat(shown(device).text("status")).contains("active");

      NodeClient.await(server.in().admin().groups().revoke(doomed, "leaked", true));
      assertThat(shown(device).text("status")).contains("revoked");
      assertThat(failureOf(device)).contains("revoked");
      assertThat(failureOf(silent)).contains("group doomed was revoked");
    }
  }

  @Test
  void aReplacedKeyOpensHandshakesAndTheEarlierNeverAgain() {
    GroupName worn = group("worn", Approval.AUTO, 9);
    try (NodeClient device = device(worn, "sn1")) {
      device.register(device.atMef(), MEF);
      KeyIdentifier earlier = device.enrolee().id();
      String csi = shown(device).text("csi").orElseThrow();

      Attributes renewed =
          NodeClient.await(
              server.in().admin().rekeyEnrolee(earlier, EnroleeOrder.read(Attributes.NONE)));

      assertThat(renewed.text("csi")).contains(csi);
      assertThat(renewed.text("kpm")).isPresent();
      assertThat(failureOf(device)).contains("removed");
      PskCredential fresh =
          new PskCredential(
              KeyIdentifier.parse(renewed.text("kpmId").orElseThrow()),
              KeyText.parseInline(renewed.text("kpm").orElseThrow()));
      device.register(device.at(MEF, fresh), MEF);
      assertThat(NodeClient.await(server.in().admin().showEnrolee(fresh.identity())).text("group"))
          .contains("worn");
      assertThat(shown(worn).whole("claims")).hasValue(1);
    }
  }

  @Test
  void theOperatorsSystemDecides() throws IOException {
    List<String> questions = new ArrayList<>();
    HttpServer system =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    system.createContext(
        "/claims",
        exchange -> {
          questions.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    system.start();
    try {
      URI hook = URI.create("http://127.0.0.1:" + system.getAddress().getPort() + "/claims");
      GroupName asked = group("asked", Approval.MANUAL, 9, Optional.of(hook));
      try (NodeClient device = device(asked, "sn1")) {
        SecureEndpoint mef = device.atMef();
        assertThat(registers(mef).status()).isEqualTo(Refusal.CLAIM_WAITS.status());

        await().until(() -> shown(asked).whole("waiting").orElseThrow() == 0);

        device.register(mef, MEF);
        assertThat(questions).containsExactly("{\"group\":\"asked\",\"device\":\"sn1\"}");
      }
    } finally {
      system.stop(0);
    }
  }
}
