// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The queues of commands within one transaction, each under the {@code ri} of its {@code
 * <mefClientReg>}. A queue ends with its registration.
 */
public interface CommandRepository {
  /**
   * Adds a command.
   *
   * @throws RuntimeException if its id or its position is taken, or there is no such registration
   */
  void add(QueuedCommand command);

  /** Replaces state, deliveries, status and time of the one with the same id. */
  void update(QueuedCommand command);

  void remove(QueuedCommand command);

  /** All of a registration, in the order of the queue. */
  List<QueuedCommand> ofRegistration(String registration);

  /** The first of a registration that is queued or issued and has not ended by this time. */
  Optional<QueuedCommand> firstOpen(String registration, Instant now);

  /** The last one in the order of the queue that was issued, whatever became of it. */
  Optional<QueuedCommand> lastIssued(String registration);
}
