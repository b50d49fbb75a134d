// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import picocli.CommandLine.Command;

/** Groups the commands on the keys that sign tokens. */
@Command(
    name = "keys",
    description = "The keys that sign tokens.",
    subcommands = {AppKeysShowCommand.class, AppKeysRotateCommand.class})
final class AppKeysCommand extends CommandGroup {}
