// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.peer.PeerFailedException;
import org.mooring.interop.peer.RawCoap;
import org.mooring.interop.process.InServer;
import org.mooring.interop.walk.ForeignNode.Credential;

/**
 * TS-0013 clause 8.4.1.1, TD_M2M_SE_01: an AE opens an association with a pre-shared key and
 * registers, as a {@code <serviceSubscribedAppRule>} allows it. OpenSSL shakes hands with the key
 * and the identifier of the test description; its App-ID {@code APP01} has the letter before it
 * that TS-0004 clause 7.4.5.2.1 wants.
 */
@Timeout(180)
class TdM2mSe01Test {
  private static final String CSE = "id-in.sp.example.org";
  private static final Credential AE =
      new Credential("test@onem2m.com", "123456".getBytes(StandardCharsets.US_ASCII));
  private static final Credential OTHER =
      new Credential("other@onem2m.com", "654321".getBytes(StandardCharsets.US_ASCII));
  private static final String APP_ID = "NAPP01";
  private static final String AE_ID = "SAE01";

  private static TestBed bed;
  private static InServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    Peers.require("openssl", OpenSslClient.program());
    bed = TestBed.in(folder);
    server = bed.startServer(new InServer.Settings(List.of(), List.of("--allow-weak-key")));
    addEnrolee(AE, AE_ID, APP_ID);
    addEnrolee(OTHER, "SAE02", "NAPP02");
    server.admin().createProfile("contract");
    server
        .admin()
        .setRule(
            "app01",
            Attributes.builder()
                .put("credentials", List.of("*-" + AE.identity()))
                .put("apps", List.of(APP_ID))
                .put("aes", List.of(AE_ID))
                .build());
    server.admin().linkRules("contract", List.of("app01"));
  }

  @AfterAll
  static void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  private static void addEnrolee(Credential credential, String aeId, String appId) {
    server
        .admin()
        .addEnrolee(
            Attributes.builder()
                .put("kpsaId", credential.identity())
                .put("kpsa", "utf8:" + new String(credential.key(), StandardCharsets.US_ASCII))
                .put("aei", "/" + aeId)
                .put("app", appId)
                .build());
  }

  @Test
  @DisplayName("TD_M2M_SE_01: the handshake succeeds and the AE is created")
  void created() {
    // One writer for the session: its message ids go on, and none is taken for a repetition.
    OneM2mMessages messages = new OneM2mMessages(AE_ID, "created");
    try (OpenSslClient session = connect(AE)) {
      RawCoap answer = session.exchange(registration(messages, APP_ID));

      assertThat(OneM2mMessages.statusOf(answer)).hasValue(2001);
      assertThat(answer.payloadText()).contains("\"aei\":\"" + AE_ID + "\"");
      assertThat(status(session, messages.retrieve(AE_ID))).hasValue(2000);
      assertThat(status(session, messages.delete(AE_ID))).hasValue(2002);
    }
  }

  @Test
  @DisplayName("TD_M2M_SE_01: another App-ID is refused with 4126")
  void anotherAppId() {
    assertRefused(AE, registration(new OneM2mMessages(AE_ID, "app"), "NAPP02"), 4126);
    assertThat(detail(refusal("api", "NAPP02")).text("reason"))
        .contains("cse-in/app01: allowedApp-IDs (aai): NAPP02 matches none of NAPP01");
  }

  @Test
  @DisplayName("TD_M2M_SE_01: another AE-ID than the credential's is refused with 4106")
  void anotherAeId() {
    assertRefused(AE, registration(new OneM2mMessages("SAE03", "ae"), APP_ID), 4106);
  }

  @Test
  @DisplayName("TD_M2M_SE_01: another credential than the rule's is refused with 4126")
  void anotherCredential() {
    assertRefused(OTHER, registration(new OneM2mMessages("SAE02", "credential"), APP_ID), 4126);

    Attributes entry = refusal("credential", "12-" + OTHER.identity());
    Attributes explained = server.admin().explain(entry.whole("seq").orElseThrow());
    Attributes now = explained.members("now").orElseThrow();
    assertThat(now.whole("rsc")).hasValue(4126);
    assertThat(rules(now)).hasSize(2);
    assertThat(rules(now).get(0).text("applicableCredIDs (apci)").orElse(""))
        .isEqualTo("12-" + OTHER.identity() + " matches none of *-" + AE.identity());
    assertThat(rules(now).get(1).text("allowedApp-IDs (aai)").orElse(""))
        .as("the rule of its own enrolment")
        .isEqualTo("NAPP01 matches none of NAPP02");
  }

  @Test
  @DisplayName("TD_M2M_SE_01: another key under the identifier opens no association")
  void anotherKey() {
    OpenSslClient.Settings settings =
        new OpenSslClient.Settings(
            server.ports().coaps(), CSE, AE.identity(), OTHER.key(), ForeignNode.CONNECTION);

    assertThatThrownBy(() -> OpenSslClient.connect(settings, Duration.ofSeconds(5)))
        .isInstanceOf(PeerFailedException.class);
  }

  private static List<Attributes> rules(Attributes explained) {
    return ((AttributeValue.Items) explained.get("rules").orElseThrow())
        .values().stream().map(rule -> ((AttributeValue.Members) rule).attributes()).toList();
  }

  private static void assertRefused(Credential credential, RawCoap request, int status) {
    try (OpenSslClient session = connect(credential)) {
      assertThat(status(session, request)).hasValue(status);
    }
  }

  /** The entry of the audit log on a refusal with this detail, which follows the answer. */
  private static Attributes refusal(String member, String value) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> refusals(member, value), found -> !found.isEmpty())
        .get(0);
  }

  private static List<Attributes> refusals(String member, String value) {
    return server.admin().audit(100).stream()
        .filter(entry -> entry.text("action").filter("AE_REGISTRATION_REFUSED"::equals).isPresent())
        .filter(entry -> detail(entry).text(member).filter(value::equals).isPresent())
        .toList();
  }

  private static Attributes detail(Attributes entry) {
    return entry.members("detail").orElseThrow();
  }

  private static OptionalInt status(OpenSslClient session, RawCoap request) {
    return OneM2mMessages.statusOf(session.exchange(request));
  }

  private static RawCoap registration(OneM2mMessages messages, String appId) {
    return messages.create(
        "~/id-in/-",
        2,
        "{\"m2m:ae\":{\"api\":\"%s\",\"rr\":false,\"srv\":[\"3\"]}}".formatted(appId));
  }

  private static OpenSslClient connect(Credential credential) {
    return ForeignNode.connect(server.ports().coaps(), CSE, credential, ForeignNode.CONNECTION);
  }
}
