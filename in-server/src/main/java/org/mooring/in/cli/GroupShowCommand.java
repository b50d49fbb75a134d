// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one group with the devices that wait. */
@Command(
    name = "show",
    description = "Shows a group and the devices that wait for approval, 1,000 at most.")
final class GroupShowCommand extends AdminCommand {
  @Parameters(paramLabel = "NAME", description = "the group")
  private @Nullable GroupName name;

  @Override
  Attributes ask(AdminClient client) {
    return client.get(GroupTexts.path(Objects.requireNonNull(name)));
  }
}
