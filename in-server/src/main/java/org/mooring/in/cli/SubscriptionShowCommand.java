// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one profile or rule. */
@Command(name = "show", description = "Shows a profile with its nodes, or a rule.")
final class SubscriptionShowCommand extends AdminCommand {
  @Parameters(paramLabel = "NAME", description = "the profile or rule")
  private @Nullable ResourceName name;

  @Override
  Attributes ask(AdminClient client) {
    return client.get(SubscriptionCommand.path(Objects.requireNonNull(name)));
  }
}
