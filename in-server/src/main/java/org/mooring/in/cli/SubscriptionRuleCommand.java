// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a rule or changes it. */
@Command(
    name = "rule",
    description = {
      "Makes a <serviceSubscribedAppRule>, or gives the one of this name other elements.",
      "It allows AEs of these applications and AE-IDs with these credentials; '*' stands for any"
          + " characters."
    })
final class SubscriptionRuleCommand extends AdminCommand {
  @Parameters(paramLabel = "RULE", description = "its name below the CSEBase")
  private @Nullable ResourceName rule;

  @Option(
      names = "--credential",
      paramLabel = "CREDENTIAL-ID",
      description =
          "such as 12-NAME@ISSUER, again for more (default: registrations outside any"
              + " association)")
  private List<String> credentials = new ArrayList<>();

  @Option(
      names = "--app",
      paramLabel = "APP-ID",
      description = "again for more (default: no application)")
  private List<String> apps = new ArrayList<>();

  @Option(
      names = "--ae",
      paramLabel = "AE-ID-STEM",
      description = "such as Cmeter, S* or *, again for more (default: no AE)")
  private List<String> aes = new ArrayList<>();

  @Option(
      names = "--role",
      paramLabel = "ROLE-ID",
      description = "which these AEs may have in requests, again for more")
  private List<String> roles = new ArrayList<>();

  @Option(
      names = "--roaming",
      description = {
        "each --ae, in full, is one AE that may take its C stem and what it made from one linked"
            + " node to another (default: each node may have one of its own)",
        "A linked node is believed when it says that the AE came to it."
      })
  private boolean roaming;

  @Override
  Attributes ask(AdminClient client) {
    Attributes.Builder elements = Attributes.builder();
    put(elements, "credentials", credentials);
    put(elements, "apps", apps);
    put(elements, "aes", aes);
    put(elements, "roles", roles);
    if (roaming) {
      elements.put("roaming", true);
    }
    return client.post(
        SubscriptionCommand.path(Objects.requireNonNull(rule)) + ":rule", elements.build());
  }

  private static void put(Attributes.Builder elements, String name, List<String> given) {
    if (!given.isEmpty()) {
      elements.put(name, given);
    }
  }
}
