// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a node out of a profile. */
@Command(name = "unlink", description = "Takes a node with its links out of a profile.")
final class SubscriptionUnlinkCommand extends AdminCommand {
  @Parameters(paramLabel = "PROFILE", description = "the profile")
  private @Nullable ResourceName profile;

  @Option(
      names = "--node",
      paramLabel = "ID",
      description = "an enrolee, whose CSE it is about (default: this IN-CSE)")
  private @Nullable KeyIdentifier node;

  @Override
  Attributes ask(AdminClient client) {
    Attributes.Builder order = Attributes.builder();
    if (node != null) {
      order.put("node", node.toString());
    }
    return client.post(
        SubscriptionCommand.path(Objects.requireNonNull(profile)) + ":unlink", order.build());
  }
}
