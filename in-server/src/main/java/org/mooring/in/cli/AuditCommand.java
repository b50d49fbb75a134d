// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import picocli.CommandLine.Command;

/** Groups the commands on the audit log. */
@Command(
    name = "audit",
    description = "Reads and verifies the audit log.",
    subcommands = {AuditVerifyCommand.class, AuditListCommand.class})
final class AuditCommand extends CommandGroup {}
