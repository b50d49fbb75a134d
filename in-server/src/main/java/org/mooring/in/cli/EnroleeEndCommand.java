// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends one subscription now. */
@Command(
    name = "end",
    description = {
      "Ends a node's subscription now, with its live sessions and every key it led to.",
      "No revocation: its factory credential is kept, and 'enrolee extend' lets it enrol again."
    })
final class EnroleeEndCommand extends AdminCommand {
  @Parameters(paramLabel = "ID", description = "any identifier that the node has from the factory")
  private @Nullable KeyIdentifier id;

  @Override
  Attributes ask(AdminClient client) {
    return client.post(
        "/v1/enrolees/" + AdminClient.segment(Objects.requireNonNull(id)) + ":end",
        Attributes.NONE);
  }
}
