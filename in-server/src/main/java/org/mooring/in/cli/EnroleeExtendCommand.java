// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves the end of one subscription. */
@Command(
    name = "extend",
    description = {
      "Gives a node's subscription another end, later or earlier.",
      "An earlier one shortens at once all that would live longer. A node whose subscription had"
          + " ended enrols again with its factory credential, by itself."
    })
final class EnroleeExtendCommand extends AdminCommand {
  private final InstantSource clock = InstantSource.system();

  @Parameters(paramLabel = "ID", description = "any identifier that the node has from the factory")
  private @Nullable KeyIdentifier id;

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      required = true,
      description = "the end: a time, a date, a span from now such as 365d, or never")
  private String until = "";

  @Override
  Attributes ask(AdminClient client) {
    return client.post(
        "/v1/enrolees/" + AdminClient.segment(Objects.requireNonNull(id)) + ":extend",
        Attributes.builder().put("until", end().toString()).build());
  }

  private Instant end() {
    try {
      return TimeText.time(until, clock.instant());
    } catch (IllegalArgumentException e) {
      throw new UsageError("--until, " + e.getMessage());
    }
  }
}
