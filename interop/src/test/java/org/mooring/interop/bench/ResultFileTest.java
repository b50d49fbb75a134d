// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;

/** Figures over rounds, and the files they end up in. */
class ResultFileTest {
  private static final Rounds ROUNDS =
      new Rounds(
          List.of(
              Round.of("ours", 1).put("rate", 90).build(),
              Round.of("theirs", 1).put("rate", 100).put("size", 7).build(),
              Round.of("ours", 2).put("rate", 60).build(),
              Round.of("theirs", 2).put("rate", 50).put("size", 9).build()));

  @Test
  void theMedianOfAnEvenNumberOfRoundsLiesBetweenTheTwoInTheMiddle() {
    assertThat(Figure.of(List.of(4.0, 1.0, 3.0, 100.0))).isEqualTo(new Figure(3.5, 1, 100));
    assertThat(Figure.of(List.of(4.0, 1.0, 3.0))).isEqualTo(new Figure(3, 1, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> Figure.of(List.of()));
  }

  @Test
  void aRatioIsTakenInEachRoundAndThenOverTheRounds() {
    Figure ratio = ROUNDS.ratio("ours", "theirs", "rate");

    assertThat(ratio.min()).isCloseTo(0.9, within(1e-9));
    assertThat(ratio.max()).isCloseTo(1.2, within(1e-9));
    assertThat(ratio.median()).isCloseTo(1.05, within(1e-9));
  }

  @Test
  void theFileHoldsTheMachineTheRawNumbersAndWhetherTheBoundIsKept(@TempDir Path folder)
      throws Exception {
    Result result =
        new Result(
            "sample",
            "A sample",
            Attributes.builder().put("nodes", 3).build(),
            ROUNDS,
            List.of(Result.Ratio.atLeast("rate", ROUNDS.ratio("ours", "theirs", "rate"), 1.1)),
            List.of("Of no meaning."),
            new BarChart("A <sample>").panel("per second", ROUNDS, "rate").draw());
    Machine machine = new Machine("a processor", 2, 4_096, "Linux", "a JDK 17");
    Instant date = Instant.parse("2026-01-02T03:04:05Z");

    new ResultFile(result, new Occasion("interop/bench sample", date, "abc+", machine))
        .write(folder);

    Attributes read =
        ContentCodec.readAttributes(
            Serialization.JSON, Files.readAllBytes(folder.resolve("sample.json")));
    assertThat(read.text("date")).contains("2026-01-02T03:04:05Z");
    assertThat(read.members("machine").orElseThrow().whole("cores")).hasValue(2);
    String json = Files.readString(folder.resolve("sample.json"), StandardCharsets.UTF_8);
    assertThat(json).contains("\"atLeast\" : 1.1", "\"met\" : false", "\"size\" : 9.0");
    assertThat(folder.resolve("sample.svg"))
        .content()
        .contains("A &lt;sample>", ">theirs<", ">75<");
    assertThat(new ResultTable(result).toString())
        .contains("rate: 1.05 (0.90 to 1.20), at least 1.10 wanted: MISSED", "Of no meaning.");
  }

  @Test
  void processorTimeOfThisProcessGrowsAsItComputes() {
    long pid = ProcessHandle.current().pid();
    Duration before = CpuTime.of(pid);
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (CpuTime.of(pid).minus(before).toMillis() < 50) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }

    assertThat(CpuTime.of(pid)).isGreaterThan(before);
    assertThat(CpuTime.ofEndedChildren()).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void theMachineIsDescribedWithoutItsName() {
    Machine machine = Machine.read();

    assertThat(machine.cores()).isPositive();
    assertThat(machine.memoryMiB()).isPositive();
    assertThat(machine.java()).contains(System.getProperty("java.runtime.version"));
  }
}
