// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.in.admin.AdminHttp.Answer;

/** The credentials and the methods of one enrolee, as the API has them. */
class EnroleeCredentialApiTest {
  private static final String MOTE = "mote@mef.sp.example.org";

  private RunningAdmin admin;
  private AdminHttp http;

  @BeforeEach
  void addMote(@TempDir Path folder) throws Exception {
    admin = RunningAdmin.in(folder.resolve("data"));
    http = new AdminHttp(admin);
    http.post("/v1/enrolees", "{\"kpmId\":\"" + MOTE + "\",\"csi\":\"/mote\"}");
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  @Test
  void addsAndRemovesFurtherCredentials() throws Exception {
    String credentials = "/v1/enrolees/" + MOTE + "/credentials";

    Answer added = http.post(credentials, "{}");
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.body().text("csi")).hasValue("/mote");
    assertThat(added.body().text("kpm"))
        .hasValueSatisfying(key -> assertThat(key).matches("hex:[0-9a-f]{64}"));
    String id = added.body().text("kpmId").orElseThrow();
    assertThat(AdminHttp.items(http.get("/v1/enrolees/" + MOTE).body(), "credentials"))
        .isEqualTo(2);
    assertThat(http.get("/v1/enrolees/" + id).body().text("kpmId")).hasValue(MOTE);

    Answer removed = http.post(credentials + "/" + MOTE + ":remove", "");
    assertThat(removed.status()).isEqualTo(200);
    assertThat(removed.body().text("kpmId")).hasValue(id);
    assertThat(http.get("/v1/enrolees/" + MOTE).status()).isEqualTo(404);
    Answer last = http.post("/v1/enrolees/" + id + "/credentials/" + id + ":remove", "");
    assertThat(last.status()).isEqualTo(400);
    assertThat(last.error()).startsWith("credential: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"csi\":\"/topsecret\"} | credential",
        "{\"until\":\"2030-01-01T00:00:00Z\"} | credential",
        "{\"minMethod\":\"psk\"} | credential",
        "{\"method\":\"preprovisioned\"} | method",
        "{\"kpm\":\"utf8:topsecret\"} | kpm",
      })
  void namesWhatIsWrongWithAFurtherCredential(String body, String field) throws Exception {

    Answer answer = http.post("/v1/enrolees/" + MOTE + "/credentials", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).startsWith(field + ": ").doesNotContain("secret");
    assertThat(AdminHttp.items(http.get("/v1/enrolees/" + MOTE).body(), "credentials"))
        .isEqualTo(1);
  }

  @Test
  void setsTheMinimumOfAnEnrolee() throws Exception {
    String method = "/v1/enrolees/" + MOTE + ":method";

    assertThat(http.post(method, "{\"minMethod\":\"gba\"}").error())
        .startsWith("minMethod: " + MOTE);
    assertThat(http.post(method, "{\"minMethod\":\"psk\"}").body().text("minMethod"))
        .hasValue("psk");
    assertThat(http.post(method, "{\"minMethod\":\"any\"}").body().text("minMethod")).isEmpty();
    assertThat(http.post(method, "{\"minMethod\":\"best\"}").status()).isEqualTo(400);
    assertThat(http.post(method, "{}").error()).startsWith("minMethod: ");
    assertThat(http.post(method, "{\"least\":\"psk\"}").error()).startsWith("method: ");
  }
}
