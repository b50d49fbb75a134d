// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.Backoff;
import org.mooring.asn.PointOfAccess;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.admin.DataFolder;
import org.mooring.interop.process.AdminClient;
import org.mooring.interop.process.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code fleet}. */
@Command(
    name = "fleet",
    description = "Walks many nodes at once from their factory keys to registered associations.",
    mixinStandardHelpOptions = true,
    version = "fleet 0.1.0",
    usageHelpAutoWidth = true,
    sortOptions = false,
    footer = {"", "Exit codes: 0 all nodes got there, 1 some did not, 2 wrong usage."})
@SuppressWarnings("NullAway.Init")
public final class FleetCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final String LOGGING = "logback.configurationFile";

  @Spec private CommandSpec command;

  @ArgGroup(multiplicity = "1")
  private Source source;

  /** Where the enrolees come from. */
  private static final class Source {
    @Option(
        names = "--server-data",
        paramLabel = "DIR",
        description = "Data folder of a running server on this machine: new enrolees are added.")
    private @Nullable Path serverData;

    @Option(
        names = "--enrolees",
        paramLabel = "FILE",
        description = "Enrolees with their keys: JSON of enrolee import, or CSV.")
    private @Nullable Path file;
  }

  @Option(
      names = "--server",
      paramLabel = "coaps://HOST[:PORT]",
      description = "Where the MEF is. Default: the server of --server-data.")
  private @Nullable String server;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many. Default: 100, or all of --enrolees.")
  private int nodes;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Starts per second. Default: as fast as --concurrent allows.")
  private double rate = Double.POSITIVE_INFINITY;

  @Option(
      names = "--concurrent",
      paramLabel = "N",
      description = "Most nodes on their way at a time; 0 for any number. Default: 0.")
  private int concurrent;

  @Option(
      names = "--path",
      paramLabel = "maf|direct",
      description = "Path of the enrolees added. Default: maf.")
  private String path = EnrolmentPath.MAF.text();

  @Mixin private NetworkOptions network;

  @Option(
      names = "--then",
      paramLabel = "WHAT",
      description =
          "Once registered: none, steady:RATE:DURATION, reconnect:N, or stay until the process is"
              + " killed, connected and silent. Default: none.")
  private String then = "none";

  @Option(
      names = "--vaults",
      paramLabel = "DIR",
      description = "Keeps each node's vault in files there. Default: in memory.")
  private @Nullable Path vaults;

  @Option(
      names = "--ack-timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "A node's first wait for an answer. Default: 2s.")
  private Duration ackTimeout = EndpointTimers.DEFAULT.ackTimeout();

  @Option(
      names = "--dtls-timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "A node's first wait for a flight of the handshake. Default: 1s.")
  private Duration dtlsTimeout = EndpointTimers.DEFAULT.dtlsTimeout();

  @Option(
      names = "--ack-retries",
      paramLabel = "N",
      description = "A node's retransmissions of a request. Default: ${DEFAULT-VALUE}.")
  private int ackRetries = EndpointTimers.DEFAULT.retries();

  @Option(
      names = "--dtls-retries",
      paramLabel = "N",
      description = "A node's retransmissions of a flight. Default: ${DEFAULT-VALUE}.")
  private int dtlsRetries = EndpointTimers.DEFAULT.dtlsRetries();

  @Option(
      names = "--backoff-max",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "A node's longest wait between two tries. Default: 5m.")
  private Duration backoffMost = Backoff.DEFAULT.most();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "Gives up on nodes that are not there by then. Default: 10m.")
  private Duration timeout = FleetSettings.DEFAULT.timeout();

  @Option(names = "--json", description = "Prints one JSON object instead of the summary.")
  private boolean json;

  @Option(names = "--csv", paramLabel = "FILE", description = "Writes a row for each node.")
  private @Nullable Path csv;

  @Option(names = "--svg", paramLabel = "FILE", description = "Writes a chart.")
  private @Nullable Path svg;

  public static void main(String[] arguments) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "org/mooring/interop/fleet/logback.xml");
    }
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new FleetCommand());
    line.setExecutionExceptionHandler(
        (failure, at, parsed) -> {
          at.getErr().println("fleet: " + failure.getMessage());
          return FAILED;
        });
    return line;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    FleetSettings settings = checked(this::settings);
    EnrolmentPath wanted =
        EnrolmentPath.of(path).orElseThrow(() -> wrong("--path: write maf or direct"));
    InetSocketAddress address = address();
    List<Enrolee> enrolees = enrolees(wanted);
    FleetResult result;
    try (Fleet fleet = new Fleet(settings, address, enrolees)) {
      result = run(fleet);
      if (result.complete() && settings.then() instanceof FollowUp.Stay) {
        report(settings, result);
        Thread.sleep(Long.MAX_VALUE);
      }
    }
    report(settings, result);
    return result.complete() ? 0 : FAILED;
  }

  private void report(FleetSettings settings, FleetResult result) throws IOException {
    Report report = new Report(settings, result);
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(report.json());
    } else {
      report.print(out);
    }
    out.flush();
    write(csv, report.csv());
    write(svg, Chart.of(result));
  }

  private static FleetResult run(Fleet fleet) throws InterruptedException {
    if (!Terminal.isStandardError()) {
      return fleet.run();
    }
    try (ProgressBar bar = ProgressBar.start(System.err, fleet.size(), fleet::registered)) {
      return fleet.run();
    }
  }

  private FleetSettings settings() {
    int most = concurrent == 0 ? Integer.MAX_VALUE : concurrent;
    EndpointTimers timers = new EndpointTimers(ackTimeout, ackRetries, dtlsTimeout, dtlsRetries);
    return FleetSettings.DEFAULT
        .withPace(new FleetSettings.Pace(rate, most))
        .withNetwork(network.conditions(), network.seed())
        .withThen(FollowUp.parse(then))
        .withTimers(timers, new Backoff(Backoff.DEFAULT.first(), backoffMost))
        .withTimeout(timeout)
        .withVaults(vaults);
  }

  private InetSocketAddress address() {
    if (server != null) {
      PointOfAccess where = checked(() -> PointOfAccess.parse(String.valueOf(server)));
      InetSocketAddress resolved = new InetSocketAddress(where.host(), where.port());
      if (resolved.isUnresolved()) {
        throw wrong("--server: this name does not resolve");
      }
      return resolved;
    }
    Path data = source.serverData;
    if (data == null) {
      throw wrong("--server: needed with --enrolees");
    }
    int port =
        new DataFolder(data)
            .readPorts()
            .orElseThrow(() -> wrong("--server-data: no server runs on this folder"))
            .coaps();
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private List<Enrolee> enrolees(EnrolmentPath wanted) {
    Path data = source.serverData;
    if (data != null) {
      int count = nodes == 0 ? 100 : nodes;
      return Enrolees.imported(new AdminClient(new DataFolder(data)), count, wanted);
    }
    Path file = source.file == null ? Path.of("") : source.file;
    List<Enrolee> read = checked(() -> Enrolees.read(file));
    if (read.size() < nodes || read.isEmpty()) {
      throw wrong("--nodes: the file has " + read.size() + " enrolees");
    }
    return nodes == 0 ? read : read.subList(0, nodes);
  }

  private static void write(@Nullable Path file, String content) throws IOException {
    if (file != null) {
      Files.writeString(file, content);
    }
  }

  private <T> T checked(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
