// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import picocli.CommandLine.Command;

/** Groups what an operator does with the MEF client commands of a node. */
@Command(
    name = "command",
    description = {
      "Gives commands to a node through the MEF, and follows them (TS-0003 clause 8.3.9).",
      "They wait in a queue of the node's registration at the MEF. The node takes them one by one"
          + " whenever it comes there: after a registration, and at the latest after its own"
          + " --mef-poll. It reports a status on each."
    },
    subcommands = {
      NodeCommandAddCommand.class,
      NodeCommandListCommand.class,
      NodeCommandWatchCommand.class,
      NodeCommandCancelCommand.class
    })
final class NodeCommand extends CommandGroup {}
