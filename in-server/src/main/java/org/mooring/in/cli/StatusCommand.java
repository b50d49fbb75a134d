// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;

/** Shows what the server does. */
@Command(name = "status", description = "Shows who the server is and what it does.")
final class StatusCommand extends AdminCommand {
  @Override
  Attributes ask(AdminClient client) {
    return client.get("/v1/status");
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    if (answer.text("coapMode").filter("open"::equals).isPresent()) {
      out.println(ServeCommand.OPEN_WARNING);
    }
    Output.members(out, answer);
  }
}
