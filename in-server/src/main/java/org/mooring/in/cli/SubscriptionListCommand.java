// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.util.List;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;

/** Lists profiles and rules. */
@Command(name = "list", description = "Lists the profiles with their nodes, and the rules.")
final class SubscriptionListCommand extends AdminCommand {
  @Override
  Attributes ask(AdminClient client) {
    return client.get("/v1/subscriptions");
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    Output.table(out, Output.documents(answer, "profiles"), List.of("profile", "nodes"));
    out.println();
    Output.table(
        out,
        Output.documents(answer, "rules"),
        List.of("rule", "credentials", "apps", "aes", "roles"));
  }
}
