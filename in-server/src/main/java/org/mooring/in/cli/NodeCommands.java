// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.util.List;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;

/** What the commands on a node's commands share. */
final class NodeCommands {
  private NodeCommands() {}

  /** Where the admin API has them. */
  static String path(KeyIdentifier node) {
    return "/v1/enrolees/" + AdminClient.segment(node) + "/commands";
  }

  static List<Attributes> of(AdminClient client, KeyIdentifier node) {
    return Output.documents(client.get(path(node)), "commands");
  }

  static void print(PrintWriter out, List<Attributes> commands) {
    Output.table(
        out,
        commands,
        List.of(
            "command", "class", "state", "status", "deliveries", "added", "changed", "arguments"));
  }
}
