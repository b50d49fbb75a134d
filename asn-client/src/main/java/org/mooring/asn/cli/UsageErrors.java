// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wrong usage: told in one line, with the way to the help instead of the help itself. */
final class UsageErrors {
  static final int USAGE = 2;

  private UsageErrors() {}

  /** An option whose value a parser refused. */
  static ParameterException of(
      CommandSpec command, String option, IllegalArgumentException reason) {
    // Parsers name their own subject before the remedy; here the option is the subject.
    String message = String.valueOf(reason.getMessage());
    int subject = message.indexOf(": ");
    String remedy = subject < 0 ? message : message.substring(subject + 2);
    return new ParameterException(command.commandLine(), option + ": " + remedy);
  }

  /** Prints the message and ends with the exit code of wrong usage. */
  static int print(ParameterException e, String[] args) {
    CommandLine commandLine = e.getCommandLine();
    CommandSpec command = commandLine.getCommandSpec();
    PrintWriter err = commandLine.getErr();
    err.println(command.root().name() + ": " + withoutKeys(String.valueOf(e.getMessage())));
    err.println("Try '" + command.qualifiedName() + " --help'.");
    err.flush();
    return USAGE;
  }

  /** Messages about arguments repeat them in quotes; a mistyped option may be followed by a key. */
  private static String withoutKeys(String message) {
    return message.replaceAll("'(hex|b64|utf8|file):[^']+'", "'$1:…'");
  }
}
