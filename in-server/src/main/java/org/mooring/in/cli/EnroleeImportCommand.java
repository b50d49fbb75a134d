// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Adds all enrolees of a file or none. */
@Command(
    name = "import",
    description = {
      "Adds all nodes of a file, or none if one is wrong; 10,000 at most.",
      "CSV with a header line, or a JSON array of objects; columns and members are kpmId, kpm,"
          + " csi, nodeId, path and expires, each may be left out."
    })
final class EnroleeImportCommand extends AdminCommand {
  private final InstantSource clock = InstantSource.system();

  @Parameters(paramLabel = "FILE", description = "the file, CSV or JSON")
  private @Nullable Path file;

  @Override
  Attributes ask(AdminClient client) {
    EnroleeFile enrolees =
        EnroleeFile.read(Objects.requireNonNull(file), new OrderReader(clock.instant()));
    List<AttributeValue> orders =
        enrolees.entries().stream()
            .<AttributeValue>map(entry -> new AttributeValue.Members(entry.order().toAttributes()))
            .toList();
    try {
      return client.post(
          "/v1/enrolees:import",
          Attributes.builder().put("enrolees", new AttributeValue.Items(orders)).build());
    } catch (CommandFailure e) {
      throw enrolees.failure(e);
    }
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    List<Attributes> added = Output.documents(answer, "enrolees");
    boolean generated = added.stream().anyMatch(enrolee -> enrolee.has("kpm"));
    Output.table(
        out,
        added,
        generated
            ? List.of("kpmId", "csi", "nodeId", "fingerprint", "kpm")
            : List.of("kpmId", "csi", "nodeId", "fingerprint"));
    out.println(added.size() + " imported");
  }
}
