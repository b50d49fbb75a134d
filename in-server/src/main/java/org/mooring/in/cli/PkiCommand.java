// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import picocli.CommandLine.Command;

/** Groups the commands of the provider's own CA. */
@Command(
    name = "pki",
    description = {
      "A certification authority for the provider, in a folder.",
      "These commands need no running server, so that the CA may stand on another machine."
    },
    subcommands = {
      PkiInitCommand.class,
      PkiIssueCommand.class,
      PkiRevokeCommand.class,
      PkiCrlCommand.class,
      PkiListCommand.class
    })
final class PkiCommand extends CommandGroup {}
