// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Revokes a group. */
@Command(
    name = "revoke",
    description = "Ends claiming for good and wipes the group key. Devices that claimed go on.")
final class GroupRevokeCommand extends AdminCommand {
  @Parameters(paramLabel = "NAME", description = "the group")
  private @Nullable GroupName name;

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept in the audit log")
  private String reason = "";

  @Option(
      names = "--with-devices",
      description = "revokes the enrolees that came from the group too, with all they led to")
  private boolean withDevices;

  @Override
  Attributes ask(AdminClient client) {
    return client.post(
        GroupTexts.path(Objects.requireNonNull(name)) + ":revoke",
        Attributes.builder().put("reason", reason).put("withDevices", withDevices).build());
  }
}
