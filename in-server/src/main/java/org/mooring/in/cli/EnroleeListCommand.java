// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;

/** Lists all enrolees. */
@Command(
    name = "list",
    description =
        "Lists all nodes: active, expired, retired, ended (the subscription) and revoked.")
final class EnroleeListCommand extends AdminCommand {
  @Override
  Attributes ask(AdminClient client) {
    return client.get("/v1/enrolees");
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    EnroleeTable.print(
        out,
        Output.documents(answer, "enrolees"),
        "path",
        "status",
        "expires",
        "until",
        "fingerprint");
  }
}
