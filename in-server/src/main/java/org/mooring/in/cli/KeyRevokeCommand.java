// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Revokes one key. */
@Command(
    name = "revoke",
    description = {
      "Revokes a key: it opens no session, and by default all that it led to ends at once.",
      "The last credential that a node can enrol with takes the node with it."
    })
final class KeyRevokeCommand extends AdminCommand {
  @Parameters(
      paramLabel = "IDENTITY",
      description =
          "KpmId, KeId, KmId, KpsaId, KcId or any other identifier that 'enrolee show' lists")
  private @Nullable KeyIdentifier identity;

  @Mixin private RevocationOptions revocation = new RevocationOptions();

  @Override
  Attributes ask(AdminClient client) {
    return revocation.send(
        client, "/v1/keys/" + AdminClient.segment(Objects.requireNonNull(identity)));
  }
}
