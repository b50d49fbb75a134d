// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import org.mooring.common.identifier.ResourceName;
import picocli.CommandLine.Command;

/** Groups the commands on service subscriptions. */
@Command(
    name = "subscription",
    description = {
      "Says which applications may register with the CSE, and explains why one did or did not.",
      "While there is no profile, every AE may register that gets as far."
    },
    subcommands = {
      SubscriptionCreateCommand.class,
      SubscriptionRuleCommand.class,
      SubscriptionLinkCommand.class,
      SubscriptionUnlinkCommand.class,
      SubscriptionListCommand.class,
      SubscriptionShowCommand.class,
      SubscriptionRemoveCommand.class,
      SubscriptionExplainCommand.class
    })
final class SubscriptionCommand extends CommandGroup {
  /** The path of a profile or rule in the admin API. */
  static String path(ResourceName name) {
    return "/v1/subscriptions/" + AdminClient.segment(name);
  }
}
