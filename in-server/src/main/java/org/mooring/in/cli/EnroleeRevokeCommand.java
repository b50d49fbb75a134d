// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Revokes one enrolee. */
@Command(
    name = "revoke",
    description =
        "Revokes a node: it never enrols again, and by default all that it led to ends at once.")
final class EnroleeRevokeCommand extends AdminCommand {
  @Parameters(paramLabel = "ID", description = "any identifier that the node has from the factory")
  private @Nullable KeyIdentifier id;

  @Mixin private RevocationOptions revocation = new RevocationOptions();

  @Override
  Attributes ask(AdminClient client) {
    return revocation.send(
        client, "/v1/enrolees/" + AdminClient.segment(Objects.requireNonNull(id)));
  }
}
