// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import org.mooring.common.command.ClientCommand;
import org.mooring.common.command.CommandStatus;

/** What a node does with the MEF's commands at a moment (TS-0003 clause 8.3.9.2). */
public sealed interface CommandPhase {
  /** Nothing is under way. */
  CommandPhase IDLE = new Idle();

  /** Nothing is under way. */
  record Idle() implements CommandPhase {}

  /** The command is being executed; found after a restart, it was cut short. */
  record Executing(ClientCommand command) implements CommandPhase {}

  /**
   * The command is at its end, and the MEF has not answered the report.
   *
   * @param id its cmdID
   * @param classId its cmdClassID
   */
  record Reporting(String id, long classId, CommandStatus outcome) implements CommandPhase {}
}
