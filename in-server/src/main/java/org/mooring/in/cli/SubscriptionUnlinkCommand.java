// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a node out of a profile. */
@Command(name = "unlink", description = "Takes a node with its links out of a profile.")
final class SubscriptionUnlinkCommand extends AdminCommand {
  @Parameters(paramLabel = "PROFILE", description = "the profile")
  private @Nullable ResourceName profile;

  @Mixin private SubscribedNodeOption node = new SubscribedNodeOption();

  @Override
  Attributes ask(AdminClient client) {
    Attributes.Builder order = Attributes.builder();
    node.addTo(order);
    return client.post(
        SubscriptionCommand.path(Objects.requireNonNull(profile)) + ":unlink", order.build());
  }
}
