// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.util.concurrent.Callable;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.ApplicationOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code app remove}: gives an instance up. */
@Command(
    name = "remove",
    description = {
      "Gives an instance up: the node has the MAF revoke its keys, and forgets it.",
      "A running node does so within two seconds, else its next run."
    })
@SuppressWarnings("NullAway.Init")
final class AppRemoveCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private VaultOptions vault;

  @Parameters(paramLabel = "INSTANCE", description = "Its App-Inst-ID.")
  private String instance;

  @Override
  public Integer call() {
    InstalledApplications applications = new InstalledApplications(vault.open());
    AppInstance known = applications.require(instance);
    applications.order(new ApplicationOrder.Remove(known.id()));
    command.commandLine().getOut().println("app: " + known.id() + " is given up");
    return 0;
  }
}
