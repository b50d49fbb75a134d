// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists profiles and rules. */
@Command(
    name = "list",
    description = {
      "Lists the profiles with their nodes, and the operator's rules.",
      "With --node: the profiles that its CSE is in, and the rules that enrolment and applications"
          + " implied for it."
    })
final class SubscriptionListCommand extends AdminCommand {
  @Option(names = "--node", paramLabel = "ID", description = "an enrolee, whose CSE it is about")
  private @Nullable KeyIdentifier node;

  @Override
  Attributes ask(AdminClient client) {
    return client.get(
        node == null
            ? "/v1/subscriptions"
            : "/v1/enrolees/" + AdminClient.segment(node) + "/subscriptions");
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    Output.table(out, Output.documents(answer, "profiles"), List.of("profile", "source", "nodes"));
    out.println();
    Output.table(
        out,
        Output.documents(answer, "rules"),
        List.of("rule", "source", "credentials", "apps", "aes", "roles", "roaming"));
  }
}
