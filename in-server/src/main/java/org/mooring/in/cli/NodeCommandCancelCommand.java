// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Withdraws a command. */
@Command(
    name = "cancel",
    description =
        "Withdraws a command. A node that was told already may carry it out all the same; it is not"
            + " told again, and its report still counts.")
final class NodeCommandCancelCommand extends AdminCommand {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "any identifier that the node has from the factory")
  private @Nullable KeyIdentifier id;

  @Parameters(index = "1", paramLabel = "COMMAND", description = "as 'list' shows it")
  private String command = "";

  @Override
  Attributes ask(AdminClient client) {
    return client.post(
        NodeCommands.path(Objects.requireNonNull(id))
            + "/"
            + AdminClient.segment(command)
            + ":cancel",
        Attributes.NONE);
  }
}
