// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets the last method by which one enrolee may enrol. */
@Command(
    name = "method",
    description = {
      "Bars a node from the methods behind one in the order of 'serve --methods'.",
      "Sessions that its own credentials below it opened end at once; what was derived from them"
          + " goes on to its own end. The node needs a credential that meets it: from the factory,"
          + " or a certificate that was issued to it since."
    })
final class EnroleeMethodCommand extends AdminCommand {
  @Parameters(paramLabel = "ID", description = "any identifier that the node has from the factory")
  private @Nullable KeyIdentifier id;

  @Option(
      names = {"--min-method", "--min"},
      paramLabel = "METHOD",
      required = true,
      description = "psk, certificate, rpk or gba, or any to bar none")
  private String minimum = "";

  @Override
  Attributes ask(AdminClient client) {
    return client.post(
        "/v1/enrolees/" + AdminClient.segment(Objects.requireNonNull(id)) + ":method",
        Attributes.builder().put("minMethod", minimum).build());
  }
}
