// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.admin.AdminHttp.Answer;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;

class AdminApiTest {
  private static final String KPM = "hex:00112233445566778899aabbccddeeff";
  private static final String MOTE = "mote@mef.sp.example.org";

  private RunningAdmin admin;
  private AdminHttp http;

  @BeforeEach
  void start(@TempDir Path folder) {
    admin = RunningAdmin.in(folder.resolve("data"));
    http = new AdminHttp(admin);
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer wrong", "Basic YTpi", "Bearer "})
  void refusesWhoeverShowsNotTheToken(String authorization) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(http.uri("/v1/status"));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }

    Answer answer = http.send(request);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.error()).startsWith("Authorization: ");
  }

  @Test
  void keepsUnknownPathsBehindTheTokenToo() throws Exception {
    assertThat(http.send(HttpRequest.newBuilder(http.uri("/v1/nothing"))).status()).isEqualTo(401);
  }

  @Test
  void explainsUnknownPaths() throws Exception {
    Answer answer = http.get("/v1/nothing");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.error()).isEqualTo("request: use a path and method of the admin API");
  }

  @Test
  void showsAKeyOnlyWhereItGeneratedIt() throws Exception {
    Answer generated = http.post("/v1/enrolees", "{}");
    Answer given = http.post("/v1/enrolees", "{\"kpm\":\"" + KPM + "\"}");

    assertThat(generated.status()).isEqualTo(201);
    assertThat(generated.body().text("kpm"))
        .hasValueSatisfying(key -> assertThat(key).matches("hex:[0-9a-f]{64}"));
    assertThat(generated.body().text("kpmId"))
        .hasValueSatisfying(id -> assertThat(id).matches("[0-9A-F]{32}@mef\\.sp\\.example\\.org"));
    assertThat(given.status()).isEqualTo(201);
    assertThat(given.body().names())
        .containsExactlyInAnyOrder("kpmId", "csi", "nodeId", "path", "fingerprint");
  }

  @Test
  void addsWhatWasAskedFor() throws Exception {
    Answer answer =
        http.post(
            "/v1/enrolees",
            "{\"kpmId\":\"mote@mef.sp.example.org\",\"kpm\":\""
                + KPM
                + "\",\"csi\":\"/mote\","
                + "\"nodeId\":\"urn:x:1\",\"path\":\"direct\",\"expires\":\"2027-01-01T00:00:00Z\"}");

    assertThat(answer.status()).isEqualTo(201);
    Attributes shown = http.get("/v1/enrolees/" + MOTE).body();
    assertThat(shown.text("csi")).hasValue("/mote");
    assertThat(shown.text("nodeId")).hasValue("urn:x:1");
    assertThat(shown.text("path")).hasValue("direct");
    assertThat(shown.text("expires")).hasValue("2027-01-01T00:00:00Z");
    assertThat(shown.text("status")).hasValue("active");
    assertThat(shown.text("fingerprint")).isEqualTo(answer.body().text("fingerprint"));
    assertThat(shown.text("kpm")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"kpm\":\"topsecret\"} | kpm",
        "{\"kpm\":\"utf8:topsecret\"} | kpm",
        "{\"kpm\":\"file:/etc/hostname\"} | kpm",
        "{\"kpm\":7} | kpm",
        "{\"kpmId\":\"mote@elsewhere.example.org\"} | kpm",
        "{\"kpmId\":\"mote\"} | kpmId",
        "{\"kmId\":\"mote@mef.sp.example.org\"} | kmId",
        "{\"km\":\"utf8:topsecret\"} | km",
        "{\"kmId\":\"a@maf.sp.example.org\",\"kpsa\":\"utf8:topsecret\"} | kpsaId",
        "{\"kpsaId\":\"topsecret\"} | kpsaId",
        "{\"method\":\"topsecret\"} | method",
        "{\"certificate\":\"topsecret\"} | certificate",
        "{\"certificate\":\"cse-id\",\"kpmId\":\"a@mef.sp.example.org\"} | certificate",
        "{\"method\":\"psk\",\"certificate\":\"cse-id\"} | method",
        "{\"method\":\"psk\",\"kmId\":\"a@maf.sp.example.org\"} | method",
        "{\"kmId\":\"a@maf.sp.example.org\",\"path\":\"direct\"} | path",
        "{\"csi\":\"mote\"} | csi",
        "{\"csi\":\"/id-in\"} | csi",
        "{\"path\":\"other\"} | path",
        "{\"expires\":\"tomorrow\"} | expires",
        "{\"expires\":\"+12000-01-01T00:00:00Z\"} | expires",
        "{\"expires\":\"2020-01-01T00:00:00Z\"} | expires",
        "{\"minMethod\":\"topsecret\"} | minMethod",
        "{\"minMethod\":\"rpk\"} | method",
        "{\"registrar\":\"secret\"} | registrar",
        "{\"registrar\":\"/id-in\"} | registrar",
        "{\"registrarPoa\":\"coaps://gateway\"} | registrarPoa",
        "{\"registrar\":\"/mn-1\",\"registrarPoa\":\"coap://secret\"} | registrarPoa",
        "{\"secret\":\"topsecret\"} | enrolee",
        "{\"kpm\":\"topsecret\" | Content",
        "[] | Content",
        "{\"csi\":\"/a\",\"csi\":\"/a\"} | Content",
      })
  void namesTheFieldThatIsWrongAndNeverItsValue(String body, String field) throws Exception {
    Answer answer = http.post("/v1/enrolees", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).startsWith(field).contains(": ").doesNotContain("secret");
    assertThat(enrolees()).isZero();
  }

  @Test
  void refusesABodyBeyondItsLimit() throws Exception {
    Answer answer = http.post("/v1/enrolees", "{\"nodeId\":\"" + "x".repeat(70_000) + "\"}");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.error()).startsWith("body: ");
  }

  @Test
  void importsAll() throws Exception {
    Answer answer =
        http.post("/v1/enrolees:import", "{\"enrolees\":[{\"csi\":\"/a\"},{\"csi\":\"/b\"}]}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(AdminHttp.items(answer.body(), "enrolees")).isEqualTo(2);
    assertThat(enrolees()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"csi\":\"/a\"}", "{\"csi\":\"nothing\"}", "{\"kpm\":\"utf8:weak\"}", "7"})
  void importsNothingIfOneEntryIsWrong(String wrong) throws Exception {
    Answer answer =
        http.post(
            "/v1/enrolees:import",
            "{\"enrolees\":[{\"csi\":\"/a\"}," + wrong + ",{\"csi\":\"/c\"}]}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().whole("entry")).hasValue(2);
    assertThat(answer.error()).contains(": ");
    assertThat(enrolees()).isZero();
  }

  @Test
  void refusesAnImportThatOtherWritesWouldWaitForTooLong() throws Exception {
    String many = "{},".repeat(AdminApi.MAX_IMPORT_ENROLEES);

    Answer answer = http.post("/v1/enrolees:import", "{\"enrolees\":[" + many + "{}]}");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.error()).isEqualTo("enrolees: send 10000 at a time at most");
    assertThat(enrolees()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"enrolees\":{}}", "{\"enrolees\":[],\"more\":1}"})
  void refusesAnImportOfAnotherForm(String body) throws Exception {
    Answer answer = http.post("/v1/enrolees:import", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).startsWith("enrolees: ");
  }

  @Test
  void revokesAnEnrolee() throws Exception {
    addMote();

    Answer answer = http.post("/v1/enrolees/" + MOTE + ":revoke", "{\"reason\":\"stolen\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().text("status")).hasValue("revoked");
    assertThat(answer.body().text("reason")).hasValue("stolen");
    assertThat(admin.ended()).contains(KeyIdentifier.parse(MOTE));
    assertThat(http.get("/v1/enrolees/" + MOTE).body().text("status")).hasValue("revoked");
  }

  @Test
  void retiresAnEnroleeAndLeavesItsSessions() throws Exception {
    addMote();

    Answer answer = http.post("/v1/enrolees/" + MOTE + ":retire", "{\"reason\":\"replaced\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().text("status")).hasValue("retired");
    assertThat(answer.body().text("reason")).hasValue("replaced");
    assertThat(admin.ended()).isEmpty();
    assertThat(http.post("/v1/keys/" + MOTE + ":revoke", "").body().text("status"))
        .hasValue("revoked");
  }

  @Test
  void extendsAndEndsASubscription() throws Exception {
    addMote();
    String path = "/v1/enrolees/" + MOTE;

    Answer extended = http.post(path + ":extend", "{\"until\":\"2030-01-31T00:00:00Z\"}");
    assertThat(extended.status()).isEqualTo(200);
    assertThat(extended.body().text("until")).hasValue("2030-01-31T00:00:00Z");
    assertThat(extended.body().text("status")).hasValue("active");

    Answer ended = http.post(path + ":end", "");
    assertThat(ended.body().text("status")).hasValue("ended");
    assertThat(ended.body().text("until")).hasValue(RunningAdmin.NOW.toString());

    Answer again = http.post(path + ":extend", "{\"until\":\"9999-12-31T23:59:59Z\"}");
    assertThat(again.body().text("status")).hasValue("active");
    assertThat(again.body().has("until")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"until\":\"tomorrow\"}",
        "{\"until\":5}",
        "{\"until\":\"2020-01-31T00:00:00Z\"}",
        "{\"until\":\"2030-01-31T00:00:00Z\",\"reason\":\"x\"}",
      })
  void refusesAnotherEndThanOneToCome(String body) throws Exception {
    addMote();

    Answer answer = http.post("/v1/enrolees/" + MOTE + ":extend", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).startsWith("until: ");
  }

  @Test
  void revokesOneKeyWithWhatItLedTo() throws Exception {
    addMote();
    KeyIdentifier ke = addKey("0123456789ABCDEF0123456789ABCDEF@mef.sp.example.org", MOTE);
    KeyIdentifier kc = addKey("ba/se+64=@maf.sp.example.org", ke.toString());

    Answer answer = http.post("/v1/keys/" + escaped(ke.toString()) + ":revoke", "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(admin.ended()).containsExactlyInAnyOrder(ke, kc);
    assertThat(http.get("/v1/enrolees/" + MOTE).body().text("status")).hasValue("active");
  }

  @Test
  void takesIdentitiesWithASlash() throws Exception {
    addMote();
    KeyIdentifier kc = addKey("ba/se+64=@maf.sp.example.org", MOTE);

    Answer answer = http.post("/v1/keys/" + escaped(kc.toString()) + ":revoke", "{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().text("identity")).hasValue(kc.toString());
    assertThat(admin.ended()).containsExactly(kc);
  }

  @Test
  void revokesTheEnroleeWithItsBootstrapKey() throws Exception {
    addMote();

    assertThat(http.post("/v1/keys/" + MOTE + ":revoke", "").body().text("status"))
        .hasValue("revoked");
    assertThat(http.get("/v1/enrolees/" + MOTE).body().text("status")).hasValue("revoked");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/v1/enrolees/nobody@mef.sp.example.org,404,id",
    "GET,/v1/enrolees/nobody,400,id",
    "POST,/v1/enrolees/nobody@mef.sp.example.org:revoke,404,id",
    "POST,/v1/enrolees/nobody@mef.sp.example.org:retire,404,id",
    "POST,/v1/enrolees/nobody@mef.sp.example.org:end,404,id",
    "POST,/v1/keys/nobody@mef.sp.example.org:retire,404,identity",
    "POST,/v1/keys/nobody@mef.sp.example.org:revoke,404,identity",
    "POST,/v1/keys/nobody:revoke,400,identity",
    "GET,/v1/audit?limit=0,400,limit",
    "GET,/v1/audit?limit=many,400,limit",
  })
  void namesWhatIsNotThere(String method, String path, int status, String field) throws Exception {
    Answer answer = method.equals("GET") ? http.get(path) : http.post(path, "");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.error()).startsWith(field + ": ");
  }

  @Test
  void showsTheKeysOfAnEnroleeWithoutTheirOctets() throws Exception {
    addMote();
    addKey("0123456789ABCDEF0123456789ABCDEF@mef.sp.example.org", MOTE);

    Attributes shown = http.get("/v1/enrolees/" + MOTE).body();

    assertThat(AdminHttp.items(shown, "keys")).isEqualTo(2);
    assertThat(new String(ContentCodec.writeAttributes(Serialization.JSON, shown), UTF_8))
        .doesNotContain(KPM.substring(4));
  }

  @Test
  void tellsTheLiveStatus() throws Exception {
    assertThat(http.get("/v1/status").body().whole("sessions")).hasValue(3);
  }

  @Test
  void readsAndVerifiesTheAuditLog() throws Exception {
    addMote();
    http.post("/v1/enrolees/" + MOTE + ":revoke", "{\"reason\":\"stolen\"}");

    Answer verified = http.post("/v1/audit:verify", "");
    Answer last = http.get("/v1/audit?limit=1");

    assertThat(verified.body().flag("intact")).hasValue(true);
    assertThat(verified.body().whole("entries").orElse(0)).isGreaterThanOrEqualTo(3);
    assertThat(AdminHttp.items(last.body(), "entries")).isEqualTo(1);
    assertThat(AdminHttp.items(http.get("/v1/audit").body(), "entries"))
        .isEqualTo(verified.body().whole("entries").orElse(0));
  }

  private void addMote() throws Exception {
    Answer answer =
        http.post(
            "/v1/enrolees",
            "{\"kpmId\":\"" + MOTE + "\",\"csi\":\"/mote\",\"kpm\":\"" + KPM + "\"}");
    assertThat(answer.status()).isEqualTo(201);
  }

  private KeyIdentifier addKey(String identity, String parent) {
    KeyIdentifier id = KeyIdentifier.parse(identity);
    Credential credential =
        new Credential(
            id,
            Credential.Kind.KE,
            FunctionRole.MAF,
            new CseId("//sp.example.org/mote"),
            KeyIdentifier.parse(parent),
            "group of " + identity,
            Credential.Status.CURRENT,
            RunningAdmin.NOW.plus(Duration.ofDays(1)));
    admin
        .store()
        .write(
            tx -> {
              tx.credentials().add(credential, SecretKeyBytes.random());
              return id;
            })
        .toCompletableFuture()
        .join();
    return id;
  }

  private long enrolees() throws Exception {
    return AdminHttp.items(http.get("/v1/enrolees").body(), "enrolees");
  }

  private static String escaped(String segment) {
    return URLEncoder.encode(segment, UTF_8);
  }
}
