// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mooring.interop.process.Jars;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program {@code interop/crash}. */
@Command(
    name = "crash",
    description =
        "Kills the server, nodes or both at random instants under load and checks that nothing"
            + " acknowledged is lost, nothing bricked and no orphan key left.",
    mixinStandardHelpOptions = true,
    version = "crash 0.1.0",
    usageHelpAutoWidth = true,
    sortOptions = false,
    footer = {"", "Exit codes: 0 all is well, 1 something is not, 2 wrong usage."})
@SuppressWarnings("NullAway.Init")
public final class CrashCommand implements Callable<Integer> {
  private static final String LOGGING = "logback.configurationFile";

  @Spec private CommandSpec command;

  @Option(
      names = "--server-kills",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many kills hit the server. Default: ${DEFAULT-VALUE}.")
  private int serverKills;

  @Option(
      names = "--node-kills",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many hit a node; one in five hits both. Default: ${DEFAULT-VALUE}.")
  private int nodeKills;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Repeats victims, moments and waits. Default: drawn, and printed.")
  private @Nullable Long seed;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description =
          "Keeps the server's data, the vaults and the logs in this new folder; else they stay only"
              + " where something is wrong.")
  private @Nullable Path keep;

  @Option(names = "--results", paramLabel = "DIR", description = "Writes crash.json there.")
  private @Nullable Path results;

  public static void main(String[] arguments) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "org/mooring/interop/fleet/logback.xml");
    }
    System.exit(new CommandLine(new CrashCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException, IOException, SQLException {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter progress = command.commandLine().getErr();
    long drawn = seed != null ? seed : ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
    progress.println("seed " + drawn);
    Path folder =
        keep != null ? Files.createDirectories(keep) : Files.createTempDirectory("mooring-crash");
    CrashResult result =
        new CrashRun(
                CrashSettings.of(serverKills, nodeKills, drawn),
                folder,
                Jars.ofThisProject(),
                progress::println)
            .run();
    result.print(out);
    if (results != null) {
      result.write(results);
    }
    boolean good = result.violations().isEmpty();
    if (keep != null || !good) {
      progress.println("data, vaults and logs: " + folder);
    } else {
      delete(folder);
    }
    return good ? 0 : 1;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
