// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a group; its key is printed only where the server generated it. */
@Command(
    name = "add",
    description = {
      "Adds a group of devices whose keys are derived from one group key.",
      "A device becomes an enrolee when it first enrols. A group key that the server generates is"
          + " printed this once; keep it where the devices are made."
    })
final class GroupAddCommand extends AdminCommand {
  private final InstantSource clock = InstantSource.system();

  @Parameters(paramLabel = "NAME", description = "lower case letters, digits and '-'; never reused")
  private @Nullable GroupName name;

  @Option(
      names = "--claim-limit",
      paramLabel = "N",
      required = true,
      description = "how many devices may ever claim")
  private int claimLimit;

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      required = true,
      description = "end of claiming: a time, a date or a span such as 30d")
  private String expires = "";

  @Option(
      names = "--group-key",
      paramLabel = "KEY",
      description = "the key as hex:…, utf8:…, b64:… or file:… (default: the server makes one)")
  private @Nullable String groupKey;

  @Option(
      names = "--approval",
      paramLabel = "auto|manual|listed",
      description =
          "who may claim: every device with its key; those that were approved, while others wait;"
              + " or those alone that were approved before they came (default: auto, with --devices"
              + " listed)")
  private @Nullable String approval;

  @Option(
      names = "--devices",
      paramLabel = "FILE",
      description = "CSV with a column deviceId: these are approved from the start")
  private @Nullable Path devices;

  @Option(
      names = "--hook",
      paramLabel = "URL",
      description =
          "is sent {\"group\":…,\"device\":…} for a device that waits; status 200 approves it, 403"
              + " denies it")
  private @Nullable String hook;

  @Option(
      names = "--path",
      paramLabel = "maf|direct",
      description = "how the devices reach their association (default: maf)")
  private @Nullable String path;

  @Option(
      names = "--ke-lifetime",
      paramLabel = "SPAN",
      description = "life of their enrolments (default: what the server grants)")
  private @Nullable Duration enrolmentLifetime;

  @Override
  Attributes ask(AdminClient client) {
    Attributes.Builder order =
        Attributes.builder()
            .put("name", Objects.requireNonNull(name).value())
            .put("claimLimit", claimLimit)
            .put("expires", GroupTexts.expires(expires, clock.instant()));
    if (groupKey != null) {
      SecretKeyBytes key = GroupTexts.groupKey(groupKey);
      order.put("groupKey", KeyText.hex(key));
      key.destroy();
    }
    if (approval != null) {
      order.put("approval", approval);
    }
    if (devices != null) {
      order.put("devices", DeviceFile.read(devices).texts());
    }
    if (hook != null) {
      order.put("hook", hook);
    }
    if (path != null) {
      order.put("path", path);
    }
    if (enrolmentLifetime != null) {
      order.put("enrolmentLifetime", enrolmentLifetime.toSeconds() + "s");
    }
    return client.post("/v1/groups", order.build());
  }
}
