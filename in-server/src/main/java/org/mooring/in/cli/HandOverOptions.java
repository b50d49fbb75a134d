// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.mef.FactoryKey;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How what was added comes to the node. */
final class HandOverOptions {
  @Option(
      names = "--factory-file",
      paramLabel = "FILE",
      description =
          "writes there what the node is to be given, for 'asn-client run --factory-file': its key,"
              + " or what a node with its own key pair has to know to go without a MEF")
  private @Nullable Path factoryFile;

  @Mixin private QrOptions qr = new QrOptions();

  /**
   * Finds out before anything is added what would be in the way afterwards.
   *
   * @throws UsageError if a QR code can not hold it
   * @throws CommandFailure if the file is there already
   */
  void require(EnroleeOrder order) {
    if (factoryFile != null && order.bsf().isPresent()) {
      throw new UsageError("--factory-file: leave it out, the key of the USIM is the operator's");
    }
    if (qr.isWanted() && order.factoryKey() != FactoryKey.KPM) {
      throw new UsageError("--qr: leave it out, the text of a QR code holds a Kpm alone");
    }
    if (factoryFile != null && Files.exists(factoryFile)) {
      throw FactoryFile.exists(factoryFile);
    }
  }

  /**
   * Writes the file, and adds the text of the QR code to the answer.
   *
   * @param command fails once the answer was printed, if the file could not be written
   */
  Attributes handOver(AdminCommand command, EnroleeOrder order, Attributes added) {
    try {
      if (factoryFile != null) {
        FactoryFile.write(factoryFile, order, added);
      }
    } catch (CommandFailure e) {
      command.failAfterwards(e);
    }
    return qr.addTo(added, order.toAttributes());
  }

  /** Prints an answer for people, with the QR code at its end. */
  void print(PrintWriter out, Attributes answer) {
    qr.print(out, answer);
  }
}
