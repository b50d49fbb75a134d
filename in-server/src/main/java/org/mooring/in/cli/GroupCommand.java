// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import picocli.CommandLine.Command;

/** Groups the commands on groups. */
@Command(
    name = "group",
    description = "Lets the devices of a production line enrol with keys derived from one secret.",
    subcommands = {
      GroupAddCommand.class,
      GroupListCommand.class,
      GroupShowCommand.class,
      GroupApproveCommand.class,
      GroupChangeCommand.class,
      GroupRevokeCommand.class,
      GroupDeriveCommand.class
    })
final class GroupCommand extends CommandGroup {}
