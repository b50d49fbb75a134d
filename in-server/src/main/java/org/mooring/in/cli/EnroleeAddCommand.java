// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.admin.AdminException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Adds one enrolee; the key is printed only where the server generated it. */
@Command(
    name = "add",
    description = {
      "Adds a node that may bootstrap.",
      "What is left out the server makes up; a key that it generates is printed this once."
    })
final class EnroleeAddCommand extends AdminCommand {
  private final InstantSource clock = InstantSource.system();

  @Option(
      names = "--kpm-id",
      paramLabel = "NAME@MEF-FQDN",
      description = "identifier of the pre-provisioned key")
  private @Nullable String kpmId;

  @Option(
      names = "--kpm",
      paramLabel = "KEY",
      description = "pre-provisioned key as hex:…, utf8:…, b64:… or file:…")
  private @Nullable String kpm;

  @Option(names = "--csi", paramLabel = "/NAME", description = "CSE-ID assigned to the node")
  private @Nullable String csi;

  @Option(names = "--node-id", paramLabel = "ID", description = "M2M-Node-ID of the node")
  private @Nullable String nodeId;

  @Option(
      names = "--path",
      paramLabel = "maf|direct",
      description = "how the node reaches its association")
  private @Nullable String path;

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description = "end of bootstrapping: a time, a date or a span such as 90d (default: never)")
  private @Nullable String expires;

  @Override
  Attributes ask(AdminClient client) {
    Map<String, String> fields = new LinkedHashMap<>();
    putGiven(fields, "kpmId", kpmId);
    putGiven(fields, "kpm", kpm);
    putGiven(fields, "csi", csi);
    putGiven(fields, "nodeId", nodeId);
    putGiven(fields, "path", path);
    putGiven(fields, "expires", expires);
    return client.post("/v1/enrolees", order(fields));
  }

  private Attributes order(Map<String, String> fields) {
    try {
      return new OrderReader(clock.instant()).read(fields).toAttributes();
    } catch (AdminException | IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  private static void putGiven(Map<String, String> fields, String name, @Nullable String text) {
    if (text != null) {
      fields.put(name, text);
    }
  }
}
