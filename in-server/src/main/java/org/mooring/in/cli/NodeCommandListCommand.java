// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists a node's commands. */
@Command(
    name = "list",
    description = {
      "Lists the commands of a node's registration, the last 64 at most, with what became of them.",
      "States: queued, issued (the node knows it and has not reported), reported, cancelled,"
          + " expired. The status is the standard's: ISSUED, REISSUED once it was issued again"
          + " for want of a report, then what the node reported."
    })
final class NodeCommandListCommand extends AdminCommand {
  @Parameters(paramLabel = "ID", description = "any identifier that the node has from the factory")
  private @Nullable KeyIdentifier id;

  @Override
  Attributes ask(AdminClient client) {
    return client.get(NodeCommands.path(Objects.requireNonNull(id)));
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    NodeCommands.print(out, Output.documents(answer, "commands"));
  }
}
