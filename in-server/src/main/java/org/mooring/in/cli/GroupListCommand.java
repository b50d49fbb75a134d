// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.util.List;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;

/** Lists all groups. */
@Command(name = "list", description = "Lists the groups, revoked ones included.")
final class GroupListCommand extends AdminCommand {
  @Override
  Attributes ask(AdminClient client) {
    return client.get("/v1/groups");
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    Output.table(
        out,
        Output.documents(answer, "groups"),
        List.of(
            "name",
            "approval",
            "claims",
            "claimLimit",
            "waiting",
            "status",
            "expires",
            "fingerprint"));
  }
}
