// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.admin.EnroleeOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds all enrolees of a file or none. */
@Command(
    name = "import",
    description = {
      "Adds all nodes of a file, or none if one is wrong; 10,000 at most.",
      "CSV with a header line, or a JSON array of objects; columns and members are method,"
          + " certificate, deviceId, publicKey, kpmId, kpm, kmId, km, kpsaId, kpsa, impi, usimK,"
          + " usimOpc, bsf, csi, aei, app, nodeId, path, expires, until, minMethod, registrar and"
          + " registrarPoa as of 'enrolee add', each may be left out."
    })
final class EnroleeImportCommand extends AdminCommand {
  private final InstantSource clock = InstantSource.system();

  @Parameters(paramLabel = "FILE", description = "the file, CSV or JSON")
  private @Nullable Path file;

  @Option(
      names = "--factory-files",
      paramLabel = "DIR",
      description =
          "writes there, in a new folder, what each node is to be given, its key included, as"
              + " CSI.json for 'asn-client run --factory-file'")
  private @Nullable Path factoryFiles;

  @Override
  Attributes ask(AdminClient client) {
    EnroleeFile enrolees =
        EnroleeFile.read(Objects.requireNonNull(file), new OrderReader(clock.instant()));
    List<AttributeValue> orders =
        enrolees.entries().stream()
            .<AttributeValue>map(entry -> new AttributeValue.Members(entry.order().toAttributes()))
            .toList();
    if (factoryFiles != null) {
      makeFolder(factoryFiles);
    }
    try {
      Attributes answer =
          client.post(
              "/v1/enrolees:import",
              Attributes.builder().put("enrolees", new AttributeValue.Items(orders)).build());
      try {
        writeFactoryFiles(enrolees, Output.documents(answer, "enrolees"));
      } catch (CommandFailure e) {
        failAfterwards(e);
      }
      return answer;
    } catch (CommandFailure e) {
      throw enrolees.failure(e);
    }
  }

  /** Before anything is imported, so that the keys have a place to go to. */
  private static void makeFolder(Path folder) {
    if (Files.exists(folder)) {
      throw FactoryFile.exists(folder);
    }
    try {
      PrivateFiles.createFolder(folder);
    } catch (IOException e) {
      throw new CommandFailure(folder + ": can not be made; nothing was imported");
    }
  }

  private void writeFactoryFiles(EnroleeFile enrolees, List<Attributes> added) {
    if (factoryFiles == null) {
      return;
    }
    for (int i = 0; i < added.size(); i++) {
      String name = EnroleeTable.entityId(added.get(i)).substring(1) + ".json";
      EnroleeOrder order = enrolees.entries().get(i).order();
      if (order.factoryKey().isShared() && order.bsf().isEmpty()) {
        FactoryFile.write(factoryFiles.resolve(name), order, added.get(i));
      }
    }
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    List<Attributes> added = Output.documents(answer, "enrolees");
    EnroleeTable.print(out, added, "nodeId", "fingerprint");
    out.println(added.size() + " imported");
  }
}
