// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replaces the Kpm of an enrolee. */
@Command(
    name = "rekey",
    description = {
      "Gives a node another Kpm under another KpmId; the earlier one opens no handshake any"
          + " longer.",
      "Its enrolment goes on. A key that the server generates is printed this once."
    })
final class EnroleeRekeyCommand extends AdminCommand {
  private final InstantSource clock = InstantSource.system();

  @Parameters(
      paramLabel = "ID",
      description = "its KpmId, or any of its identifiers where it has one Kpm")
  private @Nullable KeyIdentifier id;

  @Option(
      names = "--kpm-id",
      paramLabel = "NAME@MEF-FQDN",
      description = "identifier of the new key (default: the server makes one)")
  private @Nullable KeyIdentifier kpmId;

  @Option(
      names = "--kpm",
      paramLabel = "KEY",
      description = "the new key as hex:…, utf8:…, b64:… or file:… (default: the server makes one)")
  private @Nullable String kpm;

  @Mixin private QrOptions qr = new QrOptions();

  @Override
  Attributes ask(AdminClient client) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (kpmId != null) {
      fields.put("kpmId", kpmId.toString());
    }
    if (kpm != null) {
      fields.put("kpm", kpm);
    }
    Attributes wanted = new OrderReader(clock.instant()).orderOf(fields).toAttributes();
    Attributes answer =
        client.post(
            "/v1/enrolees/" + AdminClient.segment(Objects.requireNonNull(id)) + ":rekey", wanted);
    return qr.addTo(answer, wanted);
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    qr.print(out, answer);
  }
}
