// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.bench.BarChart;
import org.mooring.interop.bench.Benchmark;
import org.mooring.interop.bench.Result;
import org.mooring.interop.bench.Round;
import org.mooring.interop.bench.Rounds;
import org.mooring.interop.bench.ScratchFolder;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a client costs its host, as a command. */
@Command(
    name = "client",
    description = "A client's start, reconnect, memory, threads and size, beside Leshan's.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class ClientCommand extends Benchmark {
  private static final String JDK25 = "JAVA25_HOME";
  private static final double MIB = 1024 * 1024;
  private static final double KIB_PER_MIB = 1024;
  private static final String START = "startMs";
  private static final String RECONNECT = "reconnectMs";
  private static final String PEAK = "peakMiB";
  private static final String THREADS = "threads";
  private static final String JAR = "jarMiB";
  private static final String DISK = "diskMiB";

  @Option(
      names = "--jdk25",
      paramLabel = "PATH",
      description = "A JDK 25 or newer, for the AOT cache. Default: $" + JDK25 + "; else left out.")
  private @Nullable Path jdk25;

  @Option(names = "--plain", description = "Only the jars on this JDK: no archive, no runtime.")
  private boolean plain;

  /** A client in a packing. */
  private record Subject(Packing packing, Client client) {
    String name() {
      return packing.name();
    }
  }

  @Override
  protected Result measure() {
    Jars jars = Jars.ofThisProject();
    Optional<Jdk> newest = plain ? Optional.empty() : Jdk.at(jdk25, JDK25);
    try (ScratchFolder scratch = ScratchFolder.onDisk();
        LeshanPeer leshan = LeshanPeer.start(2 * (common().rounds() + 2));
        InServer server =
            InServer.start(
                jars,
                scratch.path().resolve("data"),
                new InServer.Settings(common().jvm(), List.of()))) {
      List<Subject> subjects = subjects(jars, scratch.path(), server, leshan, newest);
      return result(rounds(subjects, scratch.path().resolve("errors")), newest);
    }
  }

  private List<Subject> subjects(
      Jars jars, Path folder, InServer server, Client leshan, Optional<Jdk> newest) {
    Client maf = new MooringClient(server, EnrolmentPath.MAF, folder);
    Client direct = new MooringClient(server, EnrolmentPath.DIRECT, folder);
    Packings packings = new Packings(jars, folder);
    Jdk jdk = Jdk.running();
    Path ours = jars.asnClient();
    Path theirs = LeshanJar.write(folder.resolve("leshan-client.jar"));

    List<Subject> subjects = new ArrayList<>();
    subjects.add(new Subject(packings.plain("Leshan, JDK", jdk, theirs), leshan));
    subjects.add(new Subject(packings.plain("maf, JDK", jdk, ours), maf));
    subjects.add(new Subject(packings.plain("direct, JDK", jdk, ours), direct));
    if (plain) {
      return subjects;
    }
    progress("packing");
    Path loaded = folder.resolve("leshan.classlist");
    start(new Subject(Packings.listing(jdk, theirs, loaded), leshan), folder.resolve("errors"));
    Packing runtime = packings.runtime("maf, jlink, AppCDS", jdk);
    Path classes = Packings.classesOf(runtime);
    subjects.add(
        new Subject(packings.archived("Leshan, JDK, AppCDS", jdk, theirs, loaded), leshan));
    subjects.add(new Subject(packings.archived("maf, JDK, AppCDS", jdk, ours, classes), maf));
    subjects.add(new Subject(packings.archived("direct, JDK, AppCDS", jdk, ours, classes), direct));
    subjects.add(new Subject(runtime, maf));
    newest
        .map(found -> new Subject(packings.runtime("maf, jlink 25, AOT cache", found), maf))
        .ifPresentOrElse(
            subjects::add, () -> progress("skipped: no JDK 25, give --jdk25 or %s", JDK25));
    return subjects;
  }

  /** The first round of all warms the servers up and does not count. */
  private Rounds rounds(List<Subject> subjects, Path errors) {
    List<Round> measured = new ArrayList<>();
    for (int number = 0; number <= common().rounds(); number++) {
      progress("round %d of %d", number, common().rounds());
      for (Subject subject : subjects) {
        Round round = measure(subject, number, errors);
        if (number > 0) {
          measured.add(round);
        }
      }
    }
    return new Rounds(measured);
  }

  private static Footprint start(Subject subject, Path errors) {
    Client.Life life = subject.client().next();
    return Footprint.of(subject.packing().command(life.first()), life.word(), errors);
  }

  private static Round measure(Subject subject, int number, Path errors) {
    Packing packing = subject.packing();
    Client.Life life = subject.client().next();
    Footprint first = Footprint.of(packing.command(life.first()), life.word(), errors);
    Footprint again = Footprint.of(packing.command(life.again()), life.word(), errors);
    return Round.of(subject.name(), number)
        .put(START, first.wall().toMillis())
        .put(RECONNECT, again.wall().toMillis())
        .put("startCpuMs", first.processor().toMillis())
        .put(PEAK, Math.max(first.peakKib(), again.peakKib()) / KIB_PER_MIB)
        .put(THREADS, Math.max(first.threads(), again.threads()))
        .put(JAR, packing.jarOctets() / MIB)
        .put(DISK, packing.diskOctets() / MIB)
        .build();
  }

  private Result result(Rounds rounds, Optional<Jdk> newest) {
    List<Result.Ratio> ratios = new ArrayList<>();
    compare(ratios, rounds, "direct, JDK", "Leshan, JDK");
    compare(ratios, rounds, "maf, JDK", "Leshan, JDK");
    if (!plain) {
      compare(ratios, rounds, "direct, JDK, AppCDS", "Leshan, JDK, AppCDS");
      compare(ratios, rounds, "maf, JDK, AppCDS", "Leshan, JDK, AppCDS");
    }
    List<String> notes =
        new ArrayList<>(
            List.of(
                "start: from the start of the process to the line that tells of the registration;"
                    + " three handshakes on maf, two on direct, two of Leshan's.",
                "reconnect: the same for a later start, one handshake and one request; our client"
                    + " finds its keys in the vault, Leshan's gets them on its command line.",
                "Leshan 2.0.0-M15 on Californium 3.14.0, packed as ours is: one jar, no"
                    + " signatures, no logging.",
                "disk: the jar, the archive, and the whole JDK or the runtime."));
    if (!plain && newest.isEmpty()) {
      notes.add("Left out: JDK 25 with its AOT cache, for want of one.");
    }
    Attributes settings =
        Attributes.builder()
            .put("serverJvm", common().jvmText())
            .put("suite", "TLS_PSK_WITH_AES_128_CCM_8")
            .put("leshan", "2.0.0-M15")
            .build();
    String title = "A client's start, memory and size";
    String chart =
        new BarChart(title)
            .panel("milliseconds from start to registered", rounds, START)
            .panel("milliseconds from a later start to the first answer", rounds, RECONNECT)
            .panel("MiB resident at most", rounds, PEAK)
            .panel("threads at most", rounds, THREADS)
            .panel("MiB on the disk, Java included", rounds, DISK)
            .draw();
    return new Result("client", title, settings, rounds, ratios, notes, chart);
  }

  private static void compare(
      List<Result.Ratio> ratios, Rounds rounds, String ours, String theirs) {
    for (String figure : List.of(START, RECONNECT, PEAK, THREADS, JAR)) {
      ratios.add(
          Result.Ratio.atMost(
              figure + ", " + ours + " / " + theirs, rounds.ratio(ours, theirs, figure), 1));
    }
  }
}
