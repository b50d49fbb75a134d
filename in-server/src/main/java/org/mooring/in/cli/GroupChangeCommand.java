// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes how many may claim and until when. */
@Command(
    name = "change",
    description = "Changes how many devices of a group may claim, or how long.")
final class GroupChangeCommand extends AdminCommand {
  private final InstantSource clock = InstantSource.system();

  @Parameters(paramLabel = "NAME", description = "the group")
  private @Nullable GroupName name;

  @Option(
      names = "--claim-limit",
      paramLabel = "N",
      description = "how many, those before included")
  private @Nullable Integer claimLimit;

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description = "end of claiming: a time, a date or a span such as 30d")
  private @Nullable String expires;

  @Override
  Attributes ask(AdminClient client) {
    Attributes.Builder bounds = Attributes.builder();
    if (claimLimit != null) {
      bounds.put("claimLimit", claimLimit);
    }
    if (expires != null) {
      bounds.put("expires", GroupTexts.expires(expires, clock.instant()));
    }
    return client.post(GroupTexts.path(Objects.requireNonNull(name)) + ":change", bounds.build());
  }
}
