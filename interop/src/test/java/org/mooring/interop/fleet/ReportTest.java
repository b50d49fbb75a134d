// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.Attributes;

class ReportTest {
  private static final FleetSettings SETTINGS = FleetSettings.DEFAULT;
  private final Report report = new Report(SETTINGS, result());

  @Test
  void tellsWhatHappenedInOneObject() {
    Attributes told =
        ContentCodec.readAttributes(
            Serialization.JSON, report.json().getBytes(StandardCharsets.UTF_8));

    assertThat(told.text("outcome")).hasValue("INCOMPLETE");
    assertThat(told.whole("registered")).hasValue(1);
    assertThat(told.members("walk").orElseThrow().whole("handshakes")).hasValue(3);
    assertThat(report.json())
        .contains("{\"step\":\"bootstrap\",\"count\":1,\"p50Ms\":100.", "\"p999Ms\":")
        .contains("{\"cause\":\"register-cse: no answer to …\",\"count\":2}");
  }

  @Test
  void tellsItToPeopleToo() {
    StringWriter text = new StringWriter();

    report.print(new PrintWriter(text));

    assertThat(text.toString())
        .contains("1 of 2 nodes registered in 2.00 s, 0.5 per second")
        .contains("2  register-cse: no answer to …");
  }

  @Test
  void writesARowForEachNode() {
    assertThat(report.csv().lines())
        .containsExactly(
            "node,kpmId,started,registered,walk,failures,bootstrap,authenticate,associate,register-cse",
            "0,a@mef.example.org,1000.0,3000.0,2000.0,0,100.0,,,",
            "1,b@mef.example.org,1500.0,,,2,,,,");
  }

  @Test
  void drawsWellFormedXml() throws Exception {
    byte[] svg = Chart.of(result()).getBytes(StandardCharsets.UTF_8);

    var root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg))
            .getDocumentElement();

    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getElementsByTagName("polyline").getLength()).isEqualTo(3);
  }

  @Test
  void readsWhatFollows() {
    assertThat(FollowUp.parse("none")).isEqualTo(FollowUp.NONE);
    assertThat(FollowUp.parse("stay")).isEqualTo(new FollowUp.Stay());
    assertThat(FollowUp.parse("steady:0.5:2m"))
        .isEqualTo(new FollowUp.Steady(0.5, Duration.ofMinutes(2)));
    assertThat(FollowUp.parse("reconnect:3")).isEqualTo(new FollowUp.Reconnect(3));
    for (String wrong : List.of("", "steady", "steady:0:1s", "reconnect:0", "steady:1:1")) {
      assertThatIllegalArgumentException().isThrownBy(() -> FollowUp.parse(wrong));
    }
  }

  @Test
  void readsEnroleesAndNeverQuotesThem(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("enrolees");
    Files.writeString(file, "kpm,x,kpmId\nutf8:sixteen octets!!,1,n@mef.example.org\n");
    List<Enrolee> csv = Enrolees.read(file);
    Files.writeString(
        file,
        "{\"enrolees\":[{\"kpmId\":\"n@mef.example.org\",\"kpm\":\"utf8:sixteen octets!!\"}]}");

    assertThat(csv).isEqualTo(Enrolees.read(file)).hasSize(1);
    Files.writeString(file, "kpmId,kpm\nn@mef.example.org,secret\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Enrolees.read(file))
        .withMessageNotContaining("secret");
  }

  @Test
  void showsProgress() {
    List<String> lines = new ArrayList<>();
    for (int done : List.of(0, 5, 10)) {
      lines.add(ProgressBar.line(done, 10));
    }

    assertThat(lines.get(0)).startsWith("[....").endsWith("] 0 of 10 registered");
    assertThat(lines.get(1)).startsWith("[" + "#".repeat(20) + "....");
    assertThat(lines.get(2)).startsWith("[" + "#".repeat(40) + "]");
  }

  private static FleetResult result() {
    Measurements measured = new Measurements();
    measured.took("bootstrap", Duration.ofMillis(100));
    measured.took(FleetResult.WALK, Duration.ofSeconds(2));
    measured.failed("register-cse", "no answer to rqi=1234");
    measured.failed("register-cse", "no answer to rqi=5678");
    return new FleetResult(
        List.of(
            new NodeRecord(
                0,
                "a@mef.example.org",
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                0,
                Map.of("bootstrap", Duration.ofMillis(100))),
            new NodeRecord(1, "b@mef.example.org", Duration.ofMillis(1_500), null, 2, Map.of())),
        measured.latencies(FleetResult.ORDER),
        measured.failures(),
        new TrafficMeter.Reading(3, 40, 5_000),
        TrafficMeter.Reading.ZERO,
        null,
        false,
        12);
  }
}
