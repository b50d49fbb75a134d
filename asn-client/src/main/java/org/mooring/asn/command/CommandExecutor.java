// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.util.concurrent.CompletionStage;
import org.mooring.asn.vault.NodeState;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.CommandStatus;

/**
 * Executes the commands of one class.
 *
 * @param <A> the class's arguments
 */
sealed interface CommandExecutor<A extends CommandArguments>
    permits CertificateCommands, DeviceCommands, ObjectCommands {
  /** Whether the node supports the class. */
  boolean isSupported();

  /**
   * Verifies the arguments and does what they say. The stage fails only with a {@link
   * java.util.concurrent.CancellationException}, where the node is being stopped.
   *
   * @return the status to report
   */
  CompletionStage<CommandStatus> execute(A arguments, NodeState node);

  /**
   * Deals with a command whose execution was cut short, nobody knows where.
   *
   * @return the status to report
   */
  CompletionStage<CommandStatus> executeAfterInterruption(A arguments, NodeState node);
}
