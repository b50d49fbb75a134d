// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code app list}: what is installed, and how far each is. */
@Command(name = "list", description = "Lists the instances on this node, and how far each is.")
@SuppressWarnings("NullAway.Init")
final class AppListCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private VaultOptions vault;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    InstantSource clock = InstantSource.system();
    new Reporter(command.commandLine().getOut(), json, clock, clock.instant())
        .printAsList(
            Attributes.builder()
                .put(
                    "installed", new InstalledApplications(vault.open()).described(clock.instant()))
                .build());
    return 0;
  }
}
