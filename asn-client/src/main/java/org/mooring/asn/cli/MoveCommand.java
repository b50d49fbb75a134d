// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.FactoryCredentials;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.MefCredential;
import org.mooring.asn.vault.NodeState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code move}: to another provider. */
@Command(
    name = "move",
    description = {
      "Has the node change to another service provider, whose MEF and credential these are. A node"
          + " that runs begins at once, else its next run does. What it has at its present provider"
          + " stays in use until it is registered at the other one; then it takes its leave and"
          + " destroys it."
    })
@SuppressWarnings("NullAway.Init")
final class MoveCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private VaultOptions vault;
  @Mixin private FactoryOptions factory;

  @Option(
      names = "--cancel",
      description = "Stays with the present provider after all. Stop the node first.")
  private boolean cancel;

  @Override
  public Integer call() {
    if (!vault.exists()) {
      throw new CommandFailedException("vault: there is none in this folder; run makes one");
    }
    FileVault file = vault.open();
    String done = cancel ? cancelled(file) : ordered(file);
    command.commandLine().getOut().println("move: " + done);
    return 0;
  }

  private String ordered(FileVault file) {
    FactoryCredential present =
        file.read()
            .map(NodeState::factory)
            .orElseThrow(() -> new CommandFailedException("vault: empty; run fills it"));
    FactoryCredentials given = factory.over(Optional.empty());
    if (!(given.inUse() instanceof MefCredential target)) {
      throw new ParameterException(
          command.commandLine(), "--factory-file: give a credential for a MEF, not one beyond it");
    }
    @Nullable MefCredential known = present instanceof MefCredential mine ? mine : null;
    if (known != null && known.mef().equals(target.mef())) {
      throw new CommandFailedException(
          "move: the node is with this provider; give run the new credential instead");
    }
    if (file.former().isFilled() && !file.successor().isFilled()) {
      throw new CommandFailedException(
          "move: the node still takes its leave of its former provider; try again later");
    }
    if (!file.successor().fill(NodeState.factory(given))) {
      throw new CommandFailedException("move: under way already; see status, or --cancel it");
    }
    return "to " + target.mef();
  }

  private static String cancelled(FileVault file) {
    try (FileVault.Lock lock = file.lock()) {
      if (!file.successor().isFilled()) {
        throw new CommandFailedException("move: there is none under way");
      }
      file.successor().erase();
      // Nothing but a copy of the present state, if the change was cut off.
      file.former().erase();
      return "cancelled";
    }
  }
}
