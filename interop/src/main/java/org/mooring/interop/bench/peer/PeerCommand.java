// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.peer;

import java.io.IOException;
import java.util.List;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.bench.BarChart;
import org.mooring.interop.bench.Benchmark;
import org.mooring.interop.bench.Enrolments;
import org.mooring.interop.bench.LoadOptions;
import org.mooring.interop.bench.MooringServer;
import org.mooring.interop.bench.Result;
import org.mooring.interop.bench.Result.Ratio;
import org.mooring.interop.bench.Rounds;
import org.mooring.interop.bench.ScratchFolder;
import org.mooring.interop.bench.Subject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Enrolment and registration, Mooring's against Leshan's. */
@Command(
    name = "peer",
    description =
        "Nodes enrolled and registered per second, against Leshan's bootstrap followed by"
            + " registration with the same cipher suite.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class PeerCommand extends Benchmark {
  private static final String TITLE =
      "Nodes enrolled and registered, Mooring's paths and Leshan's bootstrap with registration";
  private static final double DIRECT_LEAST = 1.0;
  private static final double MAF_LEAST = 0.7;
  private static final List<String> NOTES =
      List.of(
          "All use TLS_PSK_WITH_AES_128_CCM_8 with 32-octet keys and identities of one length.",
          "Leshan makes two handshakes, as Mooring's direct path does; the maf path makes three.",
          "Leshan keeps everything in memory and derives no keys; Mooring answers after its commit"
              + " to the disk.",
          "Leshan's bootstrap is the least that works: two writes and the finish.",
          "Each client of Leshan's holds a thread until it is registered. Clients and server share"
              + " the machine: where the clients' processor time is the larger part, it and not the"
              + " server bounds the rate per second.");

  @Mixin private final LoadOptions load = new LoadOptions(3_000);

  @Override
  protected Result measure() throws IOException, InterruptedException {
    int clients = load.warmUp() + common().rounds() * load.nodes();
    List<String> jvm = common().jvm();
    try (ScratchFolder scratch = ScratchFolder.create();
        MooringServer mooring = MooringServer.start(scratch.path(), jvm, load.concurrent());
        LeshanProcess leshan =
            LeshanProcess.start(scratch.path(), jvm, clients, load.concurrent())) {
      List<Subject> subjects =
          List.of(
              mooring.on(EnrolmentPath.DIRECT), leshan.subject(), mooring.on(EnrolmentPath.MAF));
      warmUp(subjects, load.warmUp());
      return result(inTurns(subjects, load.nodes()));
    }
  }

  private Result result(Rounds rounds) {
    Attributes settings =
        load.settings()
            .put("jvm", common().jvmText())
            .put("leshan", "2.0.0-M15 on this project's Californium")
            .build();
    String direct = MooringServer.name(EnrolmentPath.DIRECT);
    String maf = MooringServer.name(EnrolmentPath.MAF);
    List<Ratio> ratios =
        List.of(
            Ratio.atLeast(
                "direct, nodes per second, Mooring to Leshan",
                rounds.ratio(direct, LeshanProcess.NAME, Enrolments.PER_SECOND),
                DIRECT_LEAST),
            Ratio.atLeast(
                "maf, nodes per second, Mooring to Leshan",
                rounds.ratio(maf, LeshanProcess.NAME, Enrolments.PER_SECOND),
                MAF_LEAST),
            Ratio.unbounded(
                "direct, nodes per processor second of the server, Mooring to Leshan",
                rounds.ratio(direct, LeshanProcess.NAME, Enrolments.PER_CPU_SECOND)),
            Ratio.unbounded(
                "maf, nodes per processor second of the server, Mooring to Leshan",
                rounds.ratio(maf, LeshanProcess.NAME, Enrolments.PER_CPU_SECOND)));
    String chart =
        new BarChart(TITLE)
            .panel("nodes per second, clients on the same machine", rounds, Enrolments.PER_SECOND)
            .panel(
                "nodes per second of the server's processor time",
                rounds,
                Enrolments.PER_CPU_SECOND)
            .panel(
                "milliseconds of the clients' processor time per node",
                rounds,
                Enrolments.CLIENT_CPU_MILLIS)
            .draw();
    return new Result("peer", TITLE, settings, rounds, ratios, NOTES, chart);
  }
}
