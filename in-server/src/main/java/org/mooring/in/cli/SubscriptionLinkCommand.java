// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sets the rules of a node. */
@Command(
    name = "link",
    description = {
      "Has these rules of a profile decide who may register with a CSE.",
      "They take the place of those that were linked for it in this profile; with none, nobody may."
    })
final class SubscriptionLinkCommand extends AdminCommand {
  @Parameters(index = "0", paramLabel = "PROFILE", description = "the profile")
  private @Nullable ResourceName profile;

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "RULE", description = "the rules")
  private List<ResourceName> rules = new ArrayList<>();

  @Mixin private SubscribedNodeOption node = new SubscribedNodeOption();

  @Override
  Attributes ask(AdminClient client) {
    Attributes.Builder order =
        Attributes.builder().put("rules", rules.stream().map(ResourceName::value).toList());
    node.addTo(order);
    return client.post(
        SubscriptionCommand.path(Objects.requireNonNull(profile)) + ":link", order.build());
  }
}
