// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.admin.AdminHttp.Answer;
import org.mooring.in.app.Instance;
import org.mooring.in.app.InstanceName;

/** Applications and their tokens, as the API has them. */
class AppApiTest {
  private static final String METER = "Ra01.com.company.meter";
  private static final String TOKENS = "/v1/apps/" + METER + "/tokens";
  private static final String ORDER =
      "{\"nodes\":[\"/asn-1\",\"urn:uuid:1\"],\"until\":\"2026-08-01T00:00:00Z\","
          + "\"roles\":[\"reader@sp.example.org\"],\"accessPolicy\":\"/id-in/acp-apps\","
          + "\"maxInstances\":4,\"maxInstancesPerNode\":2}";

  private RunningAdmin admin;
  private AdminHttp http;

  @BeforeEach
  void register(@TempDir Path folder) throws Exception {
    admin = RunningAdmin.in(folder.resolve("data"));
    http = new AdminHttp(admin);
    Answer registered = http.post("/v1/apps", "{\"appId\":\"" + METER + "\"}");
    assertThat(registered.status()).isEqualTo(201);
    assertThat(registered.body().text("status")).contains("active");
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  @Test
  void aTokenIsToldOnceAndNeverAgain() throws Exception {
    Answer issued = http.post(TOKENS, ORDER);

    assertThat(issued.status()).isEqualTo(201);
    String compact = issued.body().text("token").orElseThrow();
    ApplicationToken token = ApplicationToken.read(compact);
    assertThat(issued.body().text("tokenId")).contains(token.id().toString());
    assertThat(issued.body().text("from")).contains("2026-05-01T12:00:00Z");
    assertThat(token.services().roles()).hasSize(1);
    assertThat(token.services().accessPolicy()).isPresent();
    Attributes shown = http.get("/v1/apps/" + METER).body();
    assertThat(AdminHttp.items(shown, "tokens")).isEqualTo(1);
    assertThat(AdminHttp.items(shown, "instances")).isZero();
    Attributes listed = element(shown, "tokens", 0);
    assertThat(listed.texts("nodes")).containsExactly("/asn-1", "urn:uuid:1");
    assertThat(listed.names()).doesNotContain("token", "secret");
  }

  @Test
  void everyInstanceIsShownHoweverManyThereAre() throws Exception {
    String token = http.post(TOKENS, ORDER).body().text("tokenId").orElseThrow();
    admin
        .store()
        .write(
            tx -> {
              for (int i = 0; i <= 1000; i++) {
                tx.appInstances()
                    .put(
                        new Instance(
                            new InstanceName(
                                new AppId(METER),
                                new AppInstanceId("C" + i),
                                new CseId("//sp.example.org/asn-1")),
                            TokenId.parse(token),
                            Optional.empty(),
                            Instance.State.ACTIVE,
                            RunningAdmin.NOW));
              }
              return true;
            })
        .toCompletableFuture()
        .join();

    Attributes shown = http.get("/v1/apps/" + METER).body();

    assertThat(AdminHttp.items(shown, "instances")).isEqualTo(1001);
    assertThat(element(shown, "tokens", 0).whole("instances")).hasValue(1001);
    assertThat(element(shown, "instances", 0).text("aeId")).contains("//sp.example.org/asn-1/C0");
  }

  @Test
  void whatIsLeftOutHasItsUsualValue() throws Exception {
    Attributes issued =
        http.post(TOKENS, "{\"nodes\":[\"/asn-1\"],\"until\":\"2026-08-01T00:00:00Z\"}").body();

    assertThat(issued.whole("maxInstances")).hasValue(100);
    assertThat(issued.whole("maxInstancesPerNode")).hasValue(10);
    assertThat(issued.texts("roles")).isEmpty();
    assertThat(issued.has("accessPolicy")).isFalse();
  }

  @Test
  void revokesATokenAndThenTheApplication() throws Exception {
    String id = http.post(TOKENS, ORDER).body().text("tokenId").orElseThrow();

    Answer token = http.post("/v1/app-tokens/" + id + ":revoke", "{\"reason\":\"leaked\"}");
    assertThat(token.status()).isEqualTo(200);
    assertThat(token.body().text("status")).contains("revoked");
    assertThat(token.body().text("reason")).contains("leaked");
    Answer app = http.post("/v1/apps/" + METER + ":revoke", "");
    assertThat(app.body().text("status")).contains("revoked");
    assertThat(http.post(TOKENS, ORDER).error()).startsWith("appId: ").contains("revoked");
    assertThat(http.post("/v1/apps", "{\"appId\":\"" + METER + "\"}").status()).isEqualTo(400);
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    assertThat(http.get("/v1/apps/Nother").status()).isEqualTo(404);
    assertThat(http.post("/v1/apps/Nother:revoke", "").status()).isEqualTo(404);
    assertThat(http.post("/v1/app-tokens/x@sp.example.org:revoke", "").status()).isEqualTo(404);
    assertThat(
            http.post("/v1/apps/" + METER + "/instances/1:revoke", "{\"node\":\"/asn-1\"}")
                .status())
        .isEqualTo(404);
    assertThat(http.post("/v1/apps/Nother/tokens", ORDER).error()).startsWith("appId: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"until\":\"2026-08-01T00:00:00Z\"} | nodes",
        "{\"until\":\"2026-08-01T00:00:00Z\",\"nodes\":[]} | nodes",
        "{\"until\":\"2026-08-01T00:00:00Z\",\"nodes\":[\"top secret\"]} | nodes",
        "{\"until\":\"2026-08-01T00:00:00Z\",\"nodes\":[\"/a\",1]} | nodes",
        "{\"until\":\"2026-08-01T00:00:00Z\",\"nodes\":\"/a\"} | nodes",
        "{\"nodes\":[\"/a\"]} | until",
        "{\"nodes\":[\"/a\"],\"until\":\"topsecret\"} | until",
        "{\"nodes\":[\"/a\"],\"until\":\"2020-01-01T00:00:00Z\"} | until",
        "{\"nodes\":[\"/a\"],\"until\":\"2026-08-01T00:00:00Z\",\"from\":\"secret\"} | from",
        "{\"nodes\":[\"/a\"],\"until\":\"2026-08-01T00:00:00Z\",\"roles\":[\"secret\"]} | roles",
        "{\"nodes\":[\"/a\"],\"until\":\"2026-08-01T00:00:00Z\",\"accessPolicy\":\"a secret\"} |"
            + " accessPolicy",
        "{\"nodes\":[\"/a\"],\"until\":\"2026-08-01T00:00:00Z\",\"maxInstances\":0} |"
            + " maxInstances",
        "{\"nodes\":[\"/a\"],\"until\":\"2026-08-01T00:00:00Z\",\"maxInstances\":2,"
            + "\"maxInstancesPerNode\":3} | maxInstancesPerNode",
        "{\"secret\":\"topsecret\"} | token",
      })
  void namesWhatIsWrongWithAToken(String body, String field) throws Exception {
    Answer answer = http.post(TOKENS, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).startsWith(field + ": ").doesNotContain("secret");
  }

  @Test
  void namesWhatIsWrongWithAnAppId() throws Exception {
    assertThat(http.post("/v1/apps", "{\"appId\":\"topsecret\"}").error())
        .startsWith("appId: ")
        .doesNotContain("secret");
    assertThat(http.post("/v1/apps", "{}").error()).startsWith("appId: ");
    assertThat(http.get("/v1/apps/topsecret").error()).startsWith("app: ");
  }

  @Test
  void publicKeysNeedNoTokenAndAllElseDoes() throws Exception {
    http.post(TOKENS, ORDER);
    String before = kid(0);
    http.post("/v1/app-keys:rotate", "");

    Answer keys = http.send(HttpRequest.newBuilder(http.uri("/v1/jwks")));
    assertThat(keys.status()).isEqualTo(200);
    assertThat(AdminHttp.items(keys.body(), "keys")).isEqualTo(2);
    assertThat(kid(1)).isEqualTo(before);
    assertThat(key(0).names())
        .containsExactlyInAnyOrder("kty", "crv", "use", "alg", "kid", "x", "y");
    for (String path : new String[] {"/v1/apps", "/v1/jwks/", "/v1/jwks/x"}) {
      assertThat(http.send(HttpRequest.newBuilder(http.uri(path))).status())
          .as(path)
          .isEqualTo(401);
    }
  }

  private String kid(int index) throws Exception {
    return key(index).text("kid").orElseThrow();
  }

  private Attributes key(int index) throws Exception {
    return element(http.get("/v1/jwks").body(), "keys", index);
  }

  private static Attributes element(Attributes document, String list, int index) {
    AttributeValue.Items items = (AttributeValue.Items) document.get(list).orElseThrow();
    return ((AttributeValue.Members) items.values().get(index)).attributes();
  }
}
