// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import picocli.CommandLine.Command;

/** Groups the commands on enrolees. */
@Command(
    name = "enrolee",
    description =
        "Adds, lists, extends, ends and revokes the nodes that may enrol, and gives them commands.",
    subcommands = {
      EnroleeAddCommand.class,
      EnroleeImportCommand.class,
      EnroleeListCommand.class,
      EnroleeShowCommand.class,
      EnroleeRevokeCommand.class,
      EnroleeExtendCommand.class,
      EnroleeEndCommand.class,
      EnroleeRekeyCommand.class,
      EnroleeCredentialCommand.class,
      EnroleeMethodCommand.class,
      NodeCommand.class
    })
final class EnroleeCommand extends CommandGroup {}
