// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one enrolee with its keys. */
@Command(name = "show", description = "Shows a node and the keys it has, never their octets.")
final class EnroleeShowCommand extends AdminCommand {
  @Parameters(paramLabel = "ID", description = "any identifier that the node has from the factory")
  private @Nullable KeyIdentifier id;

  @Override
  Attributes ask(AdminClient client) {
    return client.get("/v1/enrolees/" + AdminClient.segment(Objects.requireNonNull(id)));
  }
}
