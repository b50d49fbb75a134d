// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.util.List;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the last entries of the audit log. */
@Command(name = "list", description = "Lists the last entries of the audit log, oldest first.")
final class AuditListCommand extends AdminCommand {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "how many, 1 to 10000 (default: ${DEFAULT-VALUE})")
  private int limit;

  @Override
  Attributes ask(AdminClient client) {
    return client.get("/v1/audit?limit=" + limit);
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    Output.table(
        out,
        Output.documents(answer, "entries"),
        List.of("seq", "at", "actor", "action", "subject", "detail"));
  }
}
