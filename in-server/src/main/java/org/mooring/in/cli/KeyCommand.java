// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import picocli.CommandLine.Command;

/** Groups the commands on single keys. */
@Command(name = "key", description = "Acts on single keys.", subcommands = KeyRevokeCommand.class)
final class KeyCommand extends CommandGroup {}
