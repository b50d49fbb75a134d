// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.io.PrintWriter;
import org.mooring.asn.vault.VaultException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ScopeType;

/** The program {@code asn-client}. */
@Command(
    name = "asn-client",
    description = "A oneM2M node: from its factory key to trusted, registered traffic.",
    subcommands = {
      RunCommand.class,
      EnrolCommand.class,
      StatusCommand.class,
      ResetCommand.class,
      GenerateCompletion.class
    },
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "asn-client 0.1.0",
    usageHelpAutoWidth = true,
    sortOptions = false,
    footer = {
      "",
      "Every option may also stand in ./mooring.properties (kpm-id=…) or in the environment"
          + " (MOORING_KPM_ID=…).",
      "Exit codes: 0 ok, 1 failed, 2 wrong usage."
    })
public final class AsnClient {
  static final int FAILED = 1;

  private AsnClient() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commands = new CommandLine(new AsnClient());
    commands.setDefaultValueProvider(OptionDefaults.ofProcess());
    commands.setExecutionExceptionHandler(oneLineErrors());
    return commands;
  }

  /** What went wrong with the vault or the network is told in a line, the rest with its trace. */
  private static IExecutionExceptionHandler oneLineErrors() {
    return (failure, command, parsed) -> {
      PrintWriter err = command.getErr();
      if (failure instanceof VaultException || failure instanceof CommandFailedException) {
        err.println(failure.getMessage());
      } else {
        failure.printStackTrace(err);
      }
      return FAILED;
    };
  }
}
