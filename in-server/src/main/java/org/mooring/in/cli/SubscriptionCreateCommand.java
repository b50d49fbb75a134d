// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a profile. */
@Command(
    name = "create",
    description = {
      "Makes an <m2mServiceSubscriptionProfile>.",
      "From the first one on no AE registers that no linked rule allows."
    })
final class SubscriptionCreateCommand extends AdminCommand {
  @Parameters(paramLabel = "PROFILE", description = "its name below the CSEBase")
  private @Nullable ResourceName profile;

  @Override
  Attributes ask(AdminClient client) {
    Attributes order =
        Attributes.builder().put("name", Objects.requireNonNull(profile).value()).build();
    return client.post("/v1/subscriptions", order);
  }
}
