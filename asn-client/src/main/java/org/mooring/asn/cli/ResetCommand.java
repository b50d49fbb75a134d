// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.io.Console;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.NodeState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reset}: back to the factory. */
@Command(
    name = "reset",
    description =
        "Forgets enrolment, association, AEs and installed applications, and a change of provider. The factory credentials stay, and what was learnt of them is forgotten, so that the node"
            + " can enrol again.")
@SuppressWarnings("NullAway.Init")
final class ResetCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private VaultOptions vault;

  @Option(names = "--yes", description = "Does not ask.")
  private boolean yes;

  @Option(
      names = "--factory-wipe",
      description = "Forgets the factory credential too: the node needs it again.")
  private boolean factoryWipe;

  @Override
  public Integer call() {
    if (!vault.exists()) {
      throw new CommandFailedException("vault: there is none in this folder");
    }
    FileVault file = vault.open();
    try (FileVault.Lock lock = file.lock()) {
      if (!yes && !confirmed()) {
        throw new CommandFailedException("reset: nothing was changed");
      }
      if (factoryWipe) {
        file.erase();
      } else {
        file.successor().erase();
        file.former().erase();
        file.applicationOrders().erase();
        file.read().map(ResetCommand::atTheFactory).ifPresent(file::write);
      }
    }
    command.commandLine().getOut().println("reset: done");
    return 0;
  }

  /** From JDK 22 on there is a console without a terminal too; its answer is then none. */
  @SuppressWarnings("SystemConsoleNull")
  private boolean confirmed() {
    @Nullable Console console = System.console();
    if (console == null) {
      throw new ParameterException(
          command.commandLine(), "reset: there is no one to ask, give --yes");
    }
    String answer = console.readLine("Forget what this node enrolled for? [y/N] ");
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  /** A USIM keeps the numbers it accepted: it would take what was used before for new. */
  private static NodeState atTheFactory(NodeState state) {
    return NodeState.factory(state.factories().fresh()).toBuilder()
        .sequenceNumbers(state.sequenceNumbers())
        .build();
  }
}
