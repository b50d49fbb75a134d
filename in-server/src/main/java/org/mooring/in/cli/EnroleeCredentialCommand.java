// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import picocli.CommandLine.Command;

/** Groups what is done with the several credentials of one enrolee. */
@Command(
    name = "credential",
    description = {
      "Adds further credentials to a node, and takes them away.",
      "A node may have several from the factory, and enrols with any of them as the same CSE."
          + " 'enrolee show' lists them."
    },
    subcommands = {EnroleeCredentialAddCommand.class, EnroleeCredentialRemoveCommand.class})
final class EnroleeCredentialCommand extends CommandGroup {}
