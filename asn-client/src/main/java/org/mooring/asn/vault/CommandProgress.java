// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Instant;

/**
 * How far a node is with the MEF's commands: enough that none is lost and none executed twice,
 * wherever it was cut short.
 *
 * @param lastReported the cmdID whose report the MEF answered last, empty before the first
 * @param retrieveAt when to ask the MEF next, in the server's time
 */
public record CommandProgress(CommandPhase phase, String lastReported, Instant retrieveAt) {
  /** A node that never asked. */
  public static final CommandProgress NONE =
      new CommandProgress(CommandPhase.IDLE, "", Instant.EPOCH);

  /** Whether the node ever asked, or knows when it will. */
  public boolean hasBegun() {
    return !(phase instanceof CommandPhase.Idle
        && lastReported.isEmpty()
        && retrieveAt.equals(Instant.EPOCH));
  }

  public boolean isDueAt(Instant now) {
    return !now.isBefore(retrieveAt);
  }

  public CommandProgress inPhase(CommandPhase next) {
    return new CommandProgress(next, lastReported, retrieveAt);
  }

  /** After the answer to a report, which is to be dealt with next. */
  public CommandProgress reported(String id) {
    return new CommandProgress(CommandPhase.IDLE, id, retrieveAt);
  }

  public CommandProgress dueAt(Instant time) {
    return new CommandProgress(phase, lastReported, time);
  }
}
