// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes one of several credentials from an enrolee. */
@Command(
    name = "remove",
    description = {
      "Takes one of several credentials from a node: it opens no handshake any longer, its sessions"
          + " end, and what it led to goes on.",
      "For one that leaked, 'key revoke' ends what it led to as well. The last one goes with the"
          + " node: 'enrolee revoke'."
    })
final class EnroleeCredentialRemoveCommand extends AdminCommand {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "any identifier that the node has from the factory")
  private @Nullable KeyIdentifier id;

  @Parameters(
      index = "1",
      paramLabel = "CREDENTIAL-ID",
      description = "the credential, as 'enrolee show' lists it")
  private @Nullable KeyIdentifier credential;

  @Override
  Attributes ask(AdminClient client) {
    return client.post(
        "/v1/enrolees/"
            + AdminClient.segment(Objects.requireNonNull(id))
            + "/credentials/"
            + AdminClient.segment(Objects.requireNonNull(credential))
            + ":remove",
        Attributes.NONE);
  }
}
