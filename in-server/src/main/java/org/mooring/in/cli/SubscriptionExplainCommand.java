// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Explains a registration that was tried or might be. */
@Command(
    name = "explain",
    description = {
      "Tells whether an AE may register with this CSE or a node's: by which rule and where that came"
          + " from, or what in which rule is against it and what to change.",
      "With --entry of one that the audit log tells of, of an AE or a CSE: what was decided then,"
          + " and what is now."
    })
final class SubscriptionExplainCommand extends AdminCommand {
  @Option(
      names = "--entry",
      paramLabel = "SEQ",
      description =
          "an entry AE_REGISTERED, AE_ANNOUNCED, AE_REGISTRATION_REFUSED, CSE_REGISTERED or"
              + " CSE_REGISTRATION_REFUSED of 'audit list'")
  private @Nullable Long entry;

  @Option(names = "--app", paramLabel = "APP-ID", description = "the App-ID of one that might be")
  private @Nullable String app;

  @Option(
      names = "--from",
      paramLabel = "AE-ID-STEM",
      description = "its From: a stem, C or S (default: none)")
  private @Nullable String from;

  @Option(
      names = "--credential",
      paramLabel = "CREDENTIAL-ID",
      description = "of its association, such as 12-NAME@ISSUER (default: no association)")
  private @Nullable String credential;

  @Option(
      names = "--node",
      paramLabel = "ID",
      description = "an enrolee, with whose CSE it would register (default: this IN-CSE)")
  private @Nullable String node;

  @Option(
      names = "--release",
      paramLabel = "1|2|2a|3",
      description = "in which it speaks (default: 3)")
  private @Nullable String release;

  @Override
  Attributes ask(AdminClient client) {
    Attributes.Builder order = Attributes.builder();
    if (entry != null) {
      order.put("entry", entry);
    }
    put(order, "api", app);
    put(order, "from", from);
    put(order, "credential", credential);
    put(order, "node", node);
    put(order, "release", release);
    return client.post("/v1/subscriptions:explain", order.build());
  }

  private static void put(Attributes.Builder order, String name, @Nullable String given) {
    if (given != null) {
      order.put(name, given);
    }
  }
}
