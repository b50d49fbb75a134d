// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decides on devices. */
@Command(
    name = "approve",
    description = {
      "Lets devices of a group claim, whether they wait, were denied or are still to come.",
      "One that claimed is an enrolee: 'enrolee revoke' ends it."
    })
final class GroupApproveCommand extends AdminCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "the group")
  private @Nullable GroupName name;

  @Parameters(index = "1..*", paramLabel = "DEVICE", description = "ids of devices")
  private List<String> devices = List.of();

  @Option(
      names = "--devices",
      paramLabel = "FILE",
      description = "CSV with a column deviceId, for many")
  private @Nullable Path file;

  @Option(names = "--deny", description = "keeps them from claiming instead")
  private boolean deny;

  @Override
  Attributes ask(AdminClient client) {
    List<String> named = new ArrayList<>(devices);
    if (file != null) {
      named.addAll(DeviceFile.read(file).texts());
    }
    if (named.isEmpty()) {
      throw new UsageError("DEVICE: name devices, or a file of them with --devices");
    }
    return client.post(
        GroupTexts.path(Objects.requireNonNull(name)) + (deny ? ":deny" : ":approve"),
        Attributes.builder().put("devices", named).build());
  }
}
