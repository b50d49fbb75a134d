// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.floor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.bench.BarChart;
import org.mooring.interop.bench.Benchmark;
import org.mooring.interop.bench.Enrolments;
import org.mooring.interop.bench.FlightRecording;
import org.mooring.interop.bench.LoadOptions;
import org.mooring.interop.bench.MooringServer;
import org.mooring.interop.bench.Result;
import org.mooring.interop.bench.Rounds;
import org.mooring.interop.bench.ScratchFolder;
import org.mooring.interop.bench.Subject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Full durable enrolment against the same handshakes and exchanges on bare Californium. */
@Command(
    name = "floor",
    description =
        "Enrolments per second and per second of the server's processor time, against the same"
            + " handshakes and exchanges on bare Californium with empty handlers and no disk.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class FloorCommand extends Benchmark {
  private static final String TITLE =
      "Enrolment with everything on, against bare Californium with empty handlers";
  private static final double LEAST = 0.5;
  private static final List<String> NOTES =
      List.of(
          "Handshakes, requests and the octets of each message are those of a node's walk, read off"
              + " the wire before the first round.",
          "The clients run on the same machine in one process, with the same transport for both.");

  @Mixin private final LoadOptions load = new LoadOptions(4_000);

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Records our server with JDK Flight Recorder over the measured rounds.")
  private @Nullable Path profile;

  @Override
  protected Result measure() throws IOException, InterruptedException {
    try (ScratchFolder scratch = ScratchFolder.create();
        MooringServer mooring =
            MooringServer.start(scratch.path(), common().jvm(), load.concurrent())) {
      Map<EnrolmentPath, WalkPlan> plans = new EnumMap<>(EnrolmentPath.class);
      for (EnrolmentPath path : EnrolmentPath.values()) {
        plans.put(path, WalkRecorder.record(mooring, path));
      }
      try (BareProcess bare =
          BareProcess.start(scratch.path(), common().jvm(), plans, load.concurrent())) {
        List<Subject> subjects = new ArrayList<>();
        plans.forEach(
            (path, plan) -> subjects.addAll(List.of(mooring.on(path), bare.on(path, plan))));
        warmUp(subjects, load.warmUp());
        return result(measured(subjects, mooring.pid()), plans);
      }
    }
  }

  private Rounds measured(List<Subject> subjects, long server) throws InterruptedException {
    if (profile == null) {
      return inTurns(subjects, load.nodes());
    }
    try (FlightRecording recording = FlightRecording.start(server, profile)) {
      return inTurns(subjects, load.nodes());
    }
  }

  private Result result(Rounds rounds, Map<EnrolmentPath, WalkPlan> plans) {
    Attributes.Builder settings = load.settings().put("jvm", common().jvmText());
    plans.forEach((path, plan) -> settings.put("octets " + path.text(), plan.toString()));
    List<Result.Ratio> ratios = new ArrayList<>();
    for (EnrolmentPath path : EnrolmentPath.values()) {
      String ours = MooringServer.name(path);
      String reference = BareProcess.name(path);
      ratios.add(
          Result.Ratio.atLeast(
              path.text() + ", enrolments per processor second, Mooring to bare",
              rounds.ratio(ours, reference, Enrolments.PER_CPU_SECOND),
              LEAST));
      ratios.add(
          Result.Ratio.unbounded(
              path.text() + ", enrolments per second, Mooring to bare",
              rounds.ratio(ours, reference, Enrolments.PER_SECOND)));
    }
    String chart =
        new BarChart(TITLE)
            .panel(
                "enrolments per second of the server's processor time",
                rounds,
                Enrolments.PER_CPU_SECOND)
            .panel(
                "enrolments per second, clients on the same machine", rounds, Enrolments.PER_SECOND)
            .panel(
                "milliseconds of the server's processor time per enrolment",
                rounds,
                Enrolments.CPU_MILLIS)
            .draw();
    return new Result("floor", TITLE, settings.build(), rounds, ratios, NOTES, chart);
  }
}
