// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.util.ArrayList;
import java.util.List;
import org.mooring.interop.bench.client.ClientCommand;
import org.mooring.interop.bench.curves.CurvesCommand;
import org.mooring.interop.bench.fleetwide.IdleCommand;
import org.mooring.interop.bench.fleetwide.LossyCommand;
import org.mooring.interop.bench.fleetwide.ScaleCommand;
import org.mooring.interop.bench.fleetwide.StormCommand;
import org.mooring.interop.bench.floor.FloorCommand;
import org.mooring.interop.bench.micro.JmhCommand;
import org.mooring.interop.bench.peer.PeerCommand;
import org.mooring.interop.bench.wire.WireCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code interop/bench}: one subcommand for each benchmark. */
@Command(
    name = "interop/bench",
    description = "Measures Mooring side by side with what it is compared to.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    subcommands = {
      FloorCommand.class,
      PeerCommand.class,
      WireCommand.class,
      CurvesCommand.class,
      ScaleCommand.class,
      IdleCommand.class,
      StormCommand.class,
      LossyCommand.class,
      ClientCommand.class,
      JmhCommand.class,
      AllCommand.class
    },
    footer = {
      "",
      "Each writes NAME.json and NAME.svg into --results. Leave the machine alone meanwhile.",
      "Exit codes: 0 measured, 1 failed, 2 wrong usage."
    })
public final class Bench {
  private static final int FAILED = 1;
  private static final String LOGGING = "logback.configurationFile";
  private static final String WARNINGS_ONLY = "org/mooring/interop/fleet/logback.xml";

  private Bench() {}

  public static void main(String[] arguments) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, WARNINGS_ONLY);
    }
    System.exit(commandLine().execute(arguments));
  }

  /** Flags for a process that runs a class of this program, so that it logs as little as this. */
  public static List<String> quiet(List<String> jvm) {
    List<String> flags = new ArrayList<>(jvm);
    flags.add("-D" + LOGGING + "=" + WARNINGS_ONLY);
    return flags;
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Bench());
    line.setExecutionExceptionHandler(
        (failure, at, parsed) -> {
          at.getErr().println(at.getCommandSpec().qualifiedName() + ": " + failure);
          return FAILED;
        });
    return line;
  }
}
