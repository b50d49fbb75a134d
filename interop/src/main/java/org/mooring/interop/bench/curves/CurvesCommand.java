// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.curves;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.crypto.CryptoChoice;
import org.mooring.in.crypto.CryptoSetup;
import org.mooring.in.crypto.CryptoUnavailableException;
import org.mooring.interop.bench.BarChart;
import org.mooring.interop.bench.Benchmark;
import org.mooring.interop.bench.FlightRecording;
import org.mooring.interop.bench.Result;
import org.mooring.interop.bench.Round;
import org.mooring.interop.bench.Rounds;
import org.mooring.interop.bench.ScratchFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Handshakes with certificates, by the provider of elliptic curves. */
@Command(
    name = "curves",
    description =
        "Handshakes with certificates on both sides per second and per second of the server's"
            + " processor time, with the provider that the server chooses and with the JDK's.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class CurvesCommand extends Benchmark {
  private static final String TITLE =
      "Handshakes with certificates, elliptic curves native and the JDK's";
  private static final String NATIVE = "native";
  private static final String JDK = "jdk";
  private static final double LEAST = 2.5;
  private static final List<String> NOTES =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 on secp256r1, in full, certificates on both sides;"
              + " the server validates the client's path with its revocation list and looks the"
              + " name up. Each session is closed at once.",
          "The clients run on the same machine in one process, on native curves for both servers.");

  @Option(
      names = "--handshakes",
      paramLabel = "N",
      description = "Handshakes of each round and server. Default: ${DEFAULT-VALUE}.")
  private int handshakes = 3_000;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "The same before the first round, not counted. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 20_000;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Nodes with a certificate each, in turns. Default: ${DEFAULT-VALUE}.")
  private int nodes = 200;

  @Option(
      names = "--concurrent",
      paramLabel = "N",
      description = "Most handshakes under way at a time. Default: ${DEFAULT-VALUE}.")
  private int concurrent = 32;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Records the server on native curves with JDK Flight Recorder.")
  private @Nullable Path profile;

  @Override
  protected Result measure() throws IOException, InterruptedException {
    requireNativeClients();
    try (ScratchFolder scratch = ScratchFolder.create()) {
      CertificateNodes known = CertificateNodes.create(scratch.path().resolve("pki"), nodes);
      List<String> jvm = common().jvm();
      try (CertificateLoad load = new CertificateLoad(known.credentials(), concurrent);
          CertificateServer fast =
              CertificateServer.start(scratch.path(), jvm, NATIVE, known, load);
          CertificateServer plain =
              CertificateServer.start(scratch.path(), jvm, JDK, known, load)) {
        progress("warming up");
        var unused = fast.shakeHands(warmUp);
        unused = plain.shakeHands(warmUp);
        return result(measured(fast, plain), fast.provider(), plain.provider());
      }
    }
  }

  private static void requireNativeClients() {
    try {
      var unused = new CryptoSetup().apply(CryptoChoice.NATIVE);
    } catch (CryptoUnavailableException e) {
      throw new IllegalStateException("nothing to compare: " + e.getMessage(), e);
    }
  }

  private Rounds measured(CertificateServer fast, CertificateServer plain)
      throws InterruptedException {
    if (profile == null) {
      return inTurns(fast, plain);
    }
    try (FlightRecording recording = FlightRecording.start(fast.pid(), profile)) {
      return inTurns(fast, plain);
    }
  }

  private Rounds inTurns(CertificateServer fast, CertificateServer plain)
      throws InterruptedException {
    List<Round> rounds = new ArrayList<>();
    for (int number = 1; number <= common().rounds(); number++) {
      progress("round %d of %d", number, common().rounds());
      rounds.add(fast.shakeHands(handshakes).round(NATIVE, number));
      rounds.add(plain.shakeHands(handshakes).round(JDK, number));
    }
    return new Rounds(rounds);
  }

  private Result result(Rounds rounds, String fast, String plain) {
    Attributes settings =
        Attributes.builder()
            .put("handshakes", handshakes)
            .put("warmUp", warmUp)
            .put("nodes", nodes)
            .put("concurrent", concurrent)
            .put("jvm", common().jvmText())
            .put(NATIVE, fast)
            .put(JDK, plain)
            .build();
    List<Result.Ratio> ratios =
        List.of(
            Result.Ratio.atLeast(
                "handshakes per processor second of the server, native to JDK",
                rounds.ratio(NATIVE, JDK, Handshakes.PER_CPU_SECOND),
                LEAST),
            Result.Ratio.atLeast(
                "handshakes per second, native to JDK",
                rounds.ratio(NATIVE, JDK, Handshakes.PER_SECOND),
                LEAST));
    String chart =
        new BarChart(TITLE)
            .panel(
                "handshakes per second of the server's processor time",
                rounds,
                Handshakes.PER_CPU_SECOND)
            .panel(
                "handshakes per second, clients on the same machine", rounds, Handshakes.PER_SECOND)
            .panel(
                "milliseconds of the server's processor time per handshake",
                rounds,
                Handshakes.CPU_MILLIS)
            .draw();
    return new Result("curves", TITLE, settings, rounds, ratios, NOTES, chart);
  }
}
