// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what is done about the applications on the node. */
@Command(
    name = "app",
    description = "The applications on this node, which the MAF gives keys of their own.",
    subcommands = {
      AppAddCommand.class,
      AppListCommand.class,
      AppKeyCommand.class,
      AppRemoveCommand.class
    })
@SuppressWarnings("NullAway.Init")
final class AppCommand implements Runnable {
  @Spec private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(
        command.commandLine(), "app: write what to do, add, list, key or remove");
  }
}
