// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Revokes one enrolee. */
@Command(
    name = "revoke",
    description = "Revokes a node with every key it led to, and ends its live sessions.")
final class EnroleeRevokeCommand extends AdminCommand {
  @Parameters(paramLabel = "ID", description = "its KpmId, KmId or KpsaId from the factory")
  private @Nullable KeyIdentifier id;

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept in the audit log")
  private String reason = "";

  @Override
  Attributes ask(AdminClient client) {
    return client.post(
        "/v1/enrolees/" + AdminClient.segment(Objects.requireNonNull(id)) + ":revoke",
        Attributes.builder().put("reason", reason).build());
  }
}
