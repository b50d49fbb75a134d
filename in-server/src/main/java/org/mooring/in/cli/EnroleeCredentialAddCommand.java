// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.admin.EnroleeOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Adds one more credential to an enrolee. */
@Command(
    name = "add",
    description = {
      "Gives a node one more credential to enrol with at the MEF: psk, certificate, rpk or gba.",
      "What is left out the server makes up; a key that it generates is printed this once."
    })
final class EnroleeCredentialAddCommand extends AdminCommand {
  private final InstantSource clock = InstantSource.system();

  @Parameters(paramLabel = "ID", description = "any identifier that the node has from the factory")
  private @Nullable KeyIdentifier id;

  @Mixin private CredentialOptions credential = new CredentialOptions();
  @Mixin private HandOverOptions handOver = new HandOverOptions();

  @Override
  Attributes ask(AdminClient client) {
    EnroleeOrder order = new OrderReader(clock.instant()).orderOf(credential.given());
    handOver.require(order);
    Attributes added =
        client.post(
            "/v1/enrolees/" + AdminClient.segment(Objects.requireNonNull(id)) + "/credentials",
            order.toAttributes());
    return handOver.handOver(this, order, added);
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    handOver.print(out, answer);
  }
}
