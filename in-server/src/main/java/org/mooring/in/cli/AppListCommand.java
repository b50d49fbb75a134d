// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.util.List;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;

/** Lists all applications. */
@Command(name = "list", description = "Lists the applications, revoked ones included.")
final class AppListCommand extends AdminCommand {
  @Override
  Attributes ask(AdminClient client) {
    return client.get("/v1/apps");
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    Output.table(out, Output.documents(answer, "apps"), List.of("appId", "status", "registered"));
  }
}
