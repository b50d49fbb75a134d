// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mooring.asn.vault.Trouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code enrol}: the way to a registered node, and no further. */
@Command(
    name = "enrol",
    description = "Walks the node until it is registered at its IN-CSE, then ends.")
@SuppressWarnings("NullAway.Init")
final class EnrolCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private VaultOptions vault;
  @Mixin private FactoryOptions factory;
  @Mixin private NetworkOptions network;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Gives up after this time; the next start goes on from there. Default: 2m.")
  private Duration timeout = Duration.ofMinutes(2);

  @Option(names = "--json", description = "Prints one JSON object per line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    InstantSource clock = InstantSource.system();
    Reporter reporter =
        new Reporter(command.commandLine().getOut(), json, clock, ProcessStart.instant(clock));
    try (RunningNode node =
        RunningNode.start(
            vault.open(),
            factory,
            network.timers(),
            network.backoff(),
            network.commands(),
            reporter,
            false)) {
      await(node);
    }
    return 0;
  }

  private void await(RunningNode node) throws InterruptedException {
    try {
      node.registered().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      String reason = node.state().trouble().map(Trouble::reason).orElse("too slow");
      throw new CommandFailedException("enrol: not registered in time: " + reason);
    }
  }
}
