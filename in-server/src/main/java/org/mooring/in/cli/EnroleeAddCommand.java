// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.mooring.in.cli.CredentialOptions.putGiven;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.admin.EnroleeOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds one enrolee; the key is printed only where the server generated it. */
@Command(
    name = "add",
    description = {
      "Adds a node with the key that it has from the factory.",
      "With a Kpm (method psk) it bootstraps at the MEF. Pre-provisioned it begins at the MAF with"
          + " a Km (path maf) or at the CSE with a Kpsa (path direct). With a certificate it is"
          + " known by the name in it, with a raw public key (method rpk) by that, with a USIM"
          + " (method gba) by its IMPI. 'enrolee credential add' gives it a second one.",
      "What is left out the server makes up; a key that it generates is printed this once."
    })
final class EnroleeAddCommand extends AdminCommand {
  private final InstantSource clock = InstantSource.system();

  @Mixin private CredentialOptions credential = new CredentialOptions();

  @Option(names = "--csi", paramLabel = "/NAME", description = "CSE-ID assigned to the node")
  private @Nullable String csi;

  @Option(
      names = "--aei",
      split = ",",
      paramLabel = "/S…",
      description =
          "AE-ID assigned to the application of a node that has no CSE, in place of --csi; of several"
              + " the first is the credential's, and all may register in its association")
  private List<String> aei = List.of();

  @Option(
      names = "--app",
      paramLabel = "APP-ID",
      description =
          "with --aei: App-ID, as which alone its enrolment lets each register (default: as any)")
  private @Nullable String app;

  @Option(names = "--node-id", paramLabel = "ID", description = "M2M-Node-ID of the node")
  private @Nullable String nodeId;

  @Option(
      names = "--path",
      paramLabel = "maf|direct",
      description = "how the node reaches its association")
  private @Nullable String path;

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description =
          "end of the node's subscription, and of all that is derived: as --expires (default:"
              + " never); 'enrolee extend' moves it")
  private @Nullable String until;

  @Option(
      names = "--min-method",
      paramLabel = "METHOD",
      description =
          "psk, certificate, rpk or gba: bars those behind it in the order of 'serve --methods'"
              + " (default: none);"
              + " 'enrolee method' changes it")
  private @Nullable String minMethod;

  @Option(
      names = "--registrar",
      paramLabel = "/NAME",
      description =
          "CSE-ID of the CSE that the node registers with and that announces it here as its"
              + " descendant (default: this IN-CSE)")
  private @Nullable String registrar;

  @Option(
      names = "--registrar-poa",
      paramLabel = "coaps://HOST[:PORT]",
      description = "where the node reaches that CSE (default: at the host and port of the MEF)")
  private @Nullable String registrarPoa;

  @Mixin private HandOverOptions handOver = new HandOverOptions();

  @Override
  Attributes ask(AdminClient client) {
    Map<String, String> fields = credential.given();
    putGiven(fields, "csi", csi);
    putGiven(fields, "aei", aei.isEmpty() ? null : String.join(" ", aei));
    putGiven(fields, "app", app);
    putGiven(fields, "nodeId", nodeId);
    putGiven(fields, "path", path);
    putGiven(fields, "until", until);
    putGiven(fields, "minMethod", minMethod);
    putGiven(fields, "registrar", registrar);
    putGiven(fields, "registrarPoa", registrarPoa);
    EnroleeOrder order = new OrderReader(clock.instant()).orderOf(fields);
    handOver.require(order);
    Attributes added = client.post("/v1/enrolees", order.toAttributes());
    return handOver.handOver(this, order, added);
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    handOver.print(out, answer);
  }
}
