// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Deletes a profile or a rule. */
@Command(
    name = "remove",
    description = {
      "Deletes a profile with its nodes, or a rule; what it was is shown this last time.",
      "AEs that are registered stay so. Without any profile every AE may register again."
    })
final class SubscriptionRemoveCommand extends AdminCommand {
  @Parameters(paramLabel = "NAME", description = "the profile or rule")
  private @Nullable ResourceName name;

  @Override
  Attributes ask(AdminClient client) {
    return client.post(
        SubscriptionCommand.path(Objects.requireNonNull(name)) + ":remove", Attributes.NONE);
  }
}
