// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Revokes one key. */
@Command(
    name = "revoke",
    description = "Revokes a key with every key it led to, and ends the live sessions.")
final class KeyRevokeCommand extends AdminCommand {
  @Parameters(
      paramLabel = "IDENTITY",
      description = "KpmId, KeId, KmId, KpsaId or KcId: relative@issuer-fqdn")
  private @Nullable KeyIdentifier identity;

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept in the audit log")
  private String reason = "";

  @Override
  Attributes ask(AdminClient client) {
    return client.post(
        "/v1/keys/" + AdminClient.segment(Objects.requireNonNull(identity)) + ":revoke",
        Attributes.builder().put("reason", reason).build());
  }
}
