// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.vault.NodeState;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.CommandArguments.DevCfg;
import org.mooring.common.command.CommandStatus;

/** DEV_CFG (TS-0003 clause 8.3.9.8). */
final class DeviceCommands implements CommandExecutor<DevCfg> {
  private static final ServerProcedure CONFIGURATION =
      new ServerProcedure(CommandStatus.DEV_CFG_SERVER_ERROR, CommandStatus.DEV_CFG_CLIENT_ERROR);

  private final DeviceManager manager;

  DeviceCommands(DeviceManager manager) {
    this.manager = manager;
  }

  @Override
  public boolean isSupported() {
    return !manager.protocols().isEmpty();
  }

  @Override
  public CompletionStage<CommandStatus> execute(DevCfg arguments, NodeState node) {
    boolean isAcceptable =
        manager.protocols().contains(arguments.protocol())
            && CommandArguments.isAt(node.bootstrap().mef(), arguments.uri());
    return isAcceptable
        ? CONFIGURATION.run(() -> manager.configure(arguments))
        : CompletableFuture.completedFuture(CommandStatus.UNACCEPTABLE_ARGUMENTS);
  }

  /** It must not be executed twice: the operator learns that nobody knows how far it came. */
  @Override
  public CompletionStage<CommandStatus> executeAfterInterruption(DevCfg arguments, NodeState node) {
    return CompletableFuture.completedFuture(CommandStatus.DEV_CFG_CLIENT_ERROR);
  }
}
